	.file	"<string>"
	.section	.rodata,"a",@progbits
	.p2align	6, 0x0
.LCPI0_0:
	.quad	0
	.quad	1
	.quad	2
	.quad	3
	.quad	4
	.quad	5
	.quad	6
	.quad	7
	.section	.rodata.cst8,"aM",@progbits,8
	.p2align	3, 0x0
.LCPI0_1:
	.quad	3528531795
.LCPI0_2:
	.quad	3449720151
.LCPI0_3:
	.quad	8
	.section	.ltext,"axl",@progbits
	.globl	_ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	_ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
_ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
	pushq	%rbp
	pushq	%r15
	pushq	%r14
	pushq	%r13
	pushq	%r12
	pushq	%rbx
	subq	$24, %rsp
	movq	%rdi, -24(%rsp)
	testq	%rdx, %rdx
	jle	.LBB0_10
	movq	%rdx, %r14
	movq	152(%rsp), %rdx
	movq	96(%rsp), %rax
	movq	88(%rsp), %r11
	movq	80(%rsp), %r12
	movl	$3449720151, %esi
	movl	%r9d, %r9d
	leaq	(,%rdx,4), %rdx
	leaq	(%rdx,%rdx,2), %r15
	imulq	%rsi, %r9
	movq	%r9, %rdx
	shrq	$32, %rdx
	movl	%r8d, %edi
	movl	%r11d, %r13d
	xorq	%rdi, %r13
	xorq	%rdx, %r13
	xorl	%eax, %r12d
	leal	-1640531527(%r11), %edx
	leal	-1150833019(%rax), %r10d
	leaq	78811644(%rsi), %rbx
	imulq	%rbx, %r13
	xorl	%edx, %r9d
	movq	%r13, %rdx
	shrq	$32, %rdx
	xorq	%rdx, %r10
	leaq	1013904242(%r11), %r8
	leal	1993301258(%rax), %edx
	xorl	%edx, %r13d
	leaq	218619860(%r11,%rsi), %rbp
	leaq	2027808484(%r11), %rdx
	movq	%rdx, -32(%rsp)
	leaq	387276957(%r11), %rdx
	movq	%rdx, -40(%rsp)
	leaq	-408007425(%r11,%rsi), %rdx
	movq	%rdx, -48(%rsp)
	leaq	1401181199(%r11), %rdx
	movq	%rdx, -56(%rsp)
	leaq	605896817(%r11,%rsi), %rdx
	movq	%rdx, -64(%rsp)
	leaq	-1034634710(%r11,%rsi), %rdx
	movq	%rdx, -72(%rsp)
	leaq	842468239(%rax), %rdx
	movq	%rdx, -80(%rsp)
	leaq	536882365(%rax,%rsi), %rdx
	movq	%rdx, -88(%rsp)
	leaq	-613950654(%rax,%rsi), %rdx
	movq	%rdx, -96(%rsp)
	leaq	1684936478(%rax), %rdx
	movq	%rdx, -104(%rsp)
	leaq	534103459(%rax), %rdx
	movq	%rdx, -112(%rsp)
	leaq	228517585(%rax,%rsi), %rdx
	movq	%rdx, -120(%rsp)
	leaq	-922315434(%rax,%rsi), %rax
	movq	136(%rsp), %rdx
	cmpq	$8, %r14
	movq	%rbp, 16(%rsp)
	movq	%rax, 8(%rsp)
	jae	.LBB0_3
	xorl	%r11d, %r11d
	movq	%r8, %rdi
	movq	152(%rsp), %rbp
	jmp	.LBB0_8
.LBB0_3:
	movq	152(%rsp), %r11
	leaq	(,%r11,8), %rdi
	movabsq	$4611686018427387896, %rdx
	testq	%rdx, %r11
	sete	%dl
	cmpq	$32, %rdi
	setb	%r11b
	cmpq	$32, %r15
	setb	%dil
	orb	%dl, %r11b
	orb	%dil, %r11b
	je	.LBB0_5
	xorl	%r11d, %r11d
	movq	%r8, %rdi
	movq	136(%rsp), %rdx
	movq	152(%rsp), %rbp
	jmp	.LBB0_8
.LBB0_5:
	movabsq	$9223372036854775800, %r11
	andq	%r14, %r11
	vpbroadcastq	%r12, %zmm0
	vpbroadcastq	%r9, %zmm1
	vpbroadcastq	%r10, %zmm2
	movq	%r8, -128(%rsp)
	vpbroadcastq	%r8, %zmm3
	vpbroadcastq	%r13, %zmm4
	vpbroadcastq	%rbp, %zmm5
	movq	-80(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm6
	movq	-32(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm7
	movq	-88(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm8
	movq	-40(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm9
	movq	-96(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm10
	movq	-48(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm11
	movq	-104(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm12
	movq	-56(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm13
	movq	-112(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm14
	movq	-64(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm15
	movq	-120(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm16
	movq	-72(%rsp), %rdx
	vpbroadcastq	%rdx, %zmm17
	vpbroadcastq	%rax, %zmm18
	movabsq	$.LCPI0_0, %rdx
	vmovdqa64	(%rdx), %zmm19
	vpbroadcastq	%rcx, %zmm20
	movabsq	$.LCPI0_1, %rdx
	vpbroadcastq	(%rdx), %zmm21
	movabsq	$.LCPI0_2, %rdx
	vpbroadcastq	(%rdx), %zmm22
	movabsq	$.LCPI0_3, %rdx
	vpbroadcastq	(%rdx), %zmm23
	movq	%r11, %rdi
	movq	136(%rsp), %rdx
	movq	152(%rsp), %rbp
	.p2align	4
.LBB0_6:
	vpaddq	%zmm20, %zmm19, %zmm24
	vpmuludq	%zmm21, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm25
	vpxorq	%zmm0, %zmm25, %zmm25
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm26
	vpxorq	%zmm1, %zmm26, %zmm26
	vpxorq	%zmm24, %zmm2, %zmm24
	vpmuludq	%zmm21, %zmm26, %zmm26
	vpmuludq	%zmm22, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm27
	vpternlogq	$150, %zmm3, %zmm25, %zmm27
	vpsrlq	$32, %zmm26, %zmm25
	vpxorq	%zmm4, %zmm25, %zmm25
	vpmuludq	%zmm21, %zmm27, %zmm27
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm28
	vpternlogq	$150, %zmm5, %zmm24, %zmm28
	vpsrlq	$32, %zmm27, %zmm24
	vpternlogq	$150, %zmm6, %zmm26, %zmm24
	vpmuludq	%zmm21, %zmm28, %zmm26
	vpmuludq	%zmm22, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm28
	vpternlogq	$150, %zmm7, %zmm25, %zmm28
	vpsrlq	$32, %zmm26, %zmm25
	vpternlogq	$150, %zmm8, %zmm27, %zmm25
	vpmuludq	%zmm21, %zmm28, %zmm27
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm28
	vpternlogq	$150, %zmm9, %zmm24, %zmm28
	vpsrlq	$32, %zmm27, %zmm24
	vpternlogq	$150, %zmm10, %zmm26, %zmm24
	vpmuludq	%zmm21, %zmm28, %zmm26
	vpmuludq	%zmm22, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm28
	vpternlogq	$150, %zmm11, %zmm25, %zmm28
	vpsrlq	$32, %zmm26, %zmm25
	vpternlogq	$150, %zmm12, %zmm27, %zmm25
	vpmuludq	%zmm21, %zmm28, %zmm27
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm28
	vpternlogq	$150, %zmm13, %zmm24, %zmm28
	vpsrlq	$32, %zmm27, %zmm24
	vpternlogq	$150, %zmm14, %zmm26, %zmm24
	vpmuludq	%zmm21, %zmm28, %zmm26
	vpmuludq	%zmm22, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm28
	vpternlogq	$150, %zmm15, %zmm25, %zmm28
	vpsrlq	$32, %zmm26, %zmm25
	vpternlogq	$150, %zmm16, %zmm27, %zmm25
	vpmuludq	%zmm21, %zmm28, %zmm27
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm28
	vpternlogq	$150, %zmm24, %zmm17, %zmm28
	vpsrlq	$32, %zmm27, %zmm24
	vpternlogq	$150, %zmm26, %zmm18, %zmm24
	vpmovqd	%zmm28, (%rdx)
	vpmovqd	%zmm25, (%rdx,%rbp,4)
	vpmovqd	%zmm24, (%rdx,%rbp,8)
	vpmovqd	%zmm27, (%rdx,%r15)
	vpaddq	%zmm23, %zmm19, %zmm19
	addq	$32, %rdx
	addq	$-8, %rdi
	jne	.LBB0_6
	cmpq	%r11, %r14
	movq	-128(%rsp), %rdi
	movq	136(%rsp), %rdx
	je	.LBB0_10
.LBB0_8:
	leaq	(%rdx,%rbp,4), %rax
	movq	%rax, -8(%rsp)
	leaq	(%rdx,%rbp,8), %rax
	movq	%rax, -16(%rsp)
	addq	%rdx, %r15
	movq	%r15, -128(%rsp)
	movq	%rcx, (%rsp)
	.p2align	4
.LBB0_9:
	leal	(%rcx,%r11), %r15d
	imulq	%rbx, %r15
	movq	%r14, %r8
	movl	%r15d, %r14d
	shrq	$32, %r15
	xorq	%r12, %r15
	imulq	%rsi, %r15
	movq	%rdx, %rax
	movq	%r15, %rdx
	shrq	$32, %rdx
	xorq	%r9, %rdx
	xorq	%r10, %r14
	imulq	%rbx, %rdx
	imulq	%rsi, %r14
	movq	%r10, %rbp
	movq	%r9, %r10
	movq	%r12, %r9
	movq	%r14, %r12
	shrq	$32, %r12
	xorl	%edi, %r15d
	xorq	%r12, %r15
	movq	%rdx, %r12
	shrq	$32, %r12
	xorq	%r13, %r12
	imulq	%rbx, %r15
	imulq	%rsi, %r12
	movq	%rdi, %rcx
	movq	%r13, %rdi
	movq	%r12, %r13
	shrq	$32, %r13
	xorl	16(%rsp), %r14d
	xorq	%r13, %r14
	movq	%r15, %r13
	shrq	$32, %r13
	xorl	-80(%rsp), %edx
	xorq	%r13, %rdx
	imulq	%rbx, %r14
	imulq	%rsi, %rdx
	movq	%rdx, %r13
	shrq	$32, %r13
	xorl	-32(%rsp), %r12d
	xorq	%r13, %r12
	movq	%r14, %r13
	shrq	$32, %r13
	xorl	-88(%rsp), %r15d
	xorq	%r13, %r15
	imulq	%rbx, %r12
	imulq	%rsi, %r15
	movq	%r15, %r13
	shrq	$32, %r13
	xorl	-40(%rsp), %edx
	xorq	%r13, %rdx
	movq	%r12, %r13
	shrq	$32, %r13
	xorl	-96(%rsp), %r14d
	xorq	%r13, %r14
	imulq	%rbx, %rdx
	imulq	%rsi, %r14
	movq	%r14, %r13
	shrq	$32, %r13
	xorl	-48(%rsp), %r15d
	xorq	%r13, %r15
	movq	%rdx, %r13
	shrq	$32, %r13
	xorl	-104(%rsp), %r12d
	xorq	%r13, %r12
	imulq	%rbx, %r15
	imulq	%rsi, %r12
	movq	%r12, %r13
	shrq	$32, %r13
	xorl	-56(%rsp), %r14d
	xorq	%r13, %r14
	movq	%r15, %r13
	shrq	$32, %r13
	xorl	-112(%rsp), %edx
	xorq	%r13, %rdx
	imulq	%rbx, %r14
	imulq	%rsi, %rdx
	movq	%rdx, %r13
	shrq	$32, %r13
	xorl	-64(%rsp), %r12d
	xorq	%r13, %r12
	movq	%r14, %r13
	shrq	$32, %r13
	xorl	-120(%rsp), %r15d
	xorq	%r13, %r15
	imulq	%rbx, %r12
	imulq	%rsi, %r15
	movq	%r15, %r13
	shrq	$32, %r13
	xorl	-72(%rsp), %edx
	xorl	%r13d, %edx
	movq	%r12, %r13
	shrq	$32, %r13
	xorl	8(%rsp), %r14d
	xorl	%r13d, %r14d
	movq	%rdi, %r13
	movq	%rcx, %rdi
	movl	%edx, (%rax,%r11,4)
	movq	%rax, %rdx
	movq	-8(%rsp), %rax
	movl	%r15d, (%rax,%r11,4)
	movq	-128(%rsp), %r15
	movq	-16(%rsp), %rax
	movl	%r14d, (%rax,%r11,4)
	movq	%r8, %r14
	movq	(%rsp), %rcx
	movl	%r12d, (%r15,%r11,4)
	movq	%r9, %r12
	movq	%r10, %r9
	movq	%rbp, %r10
	incq	%r11
	cmpq	%r11, %r8
	jne	.LBB0_9
.LBB0_10:
	movq	-24(%rsp), %rax
	movq	$0, (%rax)
	xorl	%eax, %eax
	addq	$24, %rsp
	popq	%rbx
	popq	%r12
	popq	%r13
	popq	%r14
	popq	%r15
	popq	%rbp
	vzeroupper
	retq
.Lfunc_end0:
	.size	_ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end0-_ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE

	.globl	_ZN7cpython8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	_ZN7cpython8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
_ZN7cpython8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	pushq	%r15
	.cfi_def_cfa_offset 24
	pushq	%r14
	.cfi_def_cfa_offset 32
	pushq	%r13
	.cfi_def_cfa_offset 40
	pushq	%r12
	.cfi_def_cfa_offset 48
	pushq	%rbx
	.cfi_def_cfa_offset 56
	subq	$200, %rsp
	.cfi_def_cfa_offset 256
	.cfi_offset %rbx, -56
	.cfi_offset %r12, -48
	.cfi_offset %r13, -40
	.cfi_offset %r14, -32
	.cfi_offset %r15, -24
	.cfi_offset %rbp, -16
	movq	%rsi, %rdi
	leaq	48(%rsp), %r10
	leaq	56(%rsp), %r11
	leaq	64(%rsp), %r14
	leaq	72(%rsp), %r15
	leaq	80(%rsp), %r12
	leaq	88(%rsp), %r13
	movabsq	$".const.mk.<locals>.fill", %rsi
	movabsq	$PyArg_UnpackTuple, %rbp
	xorl	%ebx, %ebx
	leaq	104(%rsp), %r8
	leaq	96(%rsp), %r9
	movl	$8, %edx
	movl	$8, %ecx
	xorl	%eax, %eax
	pushq	%r10
	.cfi_adjust_cfa_offset 8
	pushq	%r11
	.cfi_adjust_cfa_offset 8
	pushq	%r14
	.cfi_adjust_cfa_offset 8
	pushq	%r15
	.cfi_adjust_cfa_offset 8
	pushq	%r12
	.cfi_adjust_cfa_offset 8
	pushq	%r13
	.cfi_adjust_cfa_offset 8
	callq	*%rbp
	addq	$48, %rsp
	.cfi_adjust_cfa_offset -48
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 112(%rsp)
	vmovups	%ymm0, 144(%rsp)
	movq	$0, 176(%rsp)
	testl	%eax, %eax
	je	.LBB1_19
	movabsq	$_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rax
	cmpq	$0, (%rax)
	je	.LBB1_20
	movq	104(%rsp), %rdi
	movabsq	$PyNumber_Long, %r14
	vzeroupper
	callq	*%r14
	movabsq	$Py_DecRef, %r15
	testq	%rax, %rax
	je	.LBB1_21
	movq	%rax, %rbx
	movabsq	$PyLong_AsLongLong, %rax
	movq	%rbx, %rdi
	callq	*%rax
	movq	%rax, %rbp
	movq	%rbx, %rdi
	callq	*%r15
	movabsq	$PyErr_Occurred, %r12
	callq	*%r12
	testq	%rax, %rax
	jne	.LBB1_22
.LBB1_4:
	movq	96(%rsp), %rdi
	callq	*%r14
	movabsq	$PyLong_AsUnsignedLongLong, %r13
	testq	%rax, %rax
	je	.LBB1_23
	movq	%rax, %rbx
	movq	%rax, %rdi
	callq	*%r13
	movq	%rax, 32(%rsp)
	movq	%rbx, %rdi
	callq	*%r15
	callq	*%r12
	testq	%rax, %rax
	jne	.LBB1_22
.LBB1_6:
	movq	88(%rsp), %rdi
	callq	*%r14
	testq	%rax, %rax
	je	.LBB1_25
	movq	%rax, %rbx
	movq	%rax, %rdi
	callq	*%r13
	movq	%rax, 24(%rsp)
	movq	%rbx, %rdi
	callq	*%r15
	callq	*%r12
	testq	%rax, %rax
	jne	.LBB1_22
.LBB1_8:
	movq	80(%rsp), %rdi
	callq	*%r14
	testq	%rax, %rax
	je	.LBB1_27
	movq	%rax, %rbx
	movq	%rax, %rdi
	callq	*%r13
	movq	%rax, 16(%rsp)
	movq	%rbx, %rdi
	callq	*%r15
	callq	*%r12
	testq	%rax, %rax
	jne	.LBB1_22
.LBB1_10:
	movq	72(%rsp), %rdi
	callq	*%r14
	testq	%rax, %rax
	je	.LBB1_29
	movq	%rax, %rbx
	movq	%rax, %rdi
	callq	*%r13
	movq	%rax, 8(%rsp)
	movq	%rbx, %rdi
	callq	*%r15
	callq	*%r12
	testq	%rax, %rax
	jne	.LBB1_22
.LBB1_12:
	movq	%rbp, 40(%rsp)
	movq	64(%rsp), %rdi
	callq	*%r14
	testq	%rax, %rax
	je	.LBB1_31
	movq	%rax, %rbx
	movq	%rax, %rdi
	callq	*%r13
	movq	%rax, %rbp
	movq	%rbx, %rdi
	callq	*%r15
	callq	*%r12
	testq	%rax, %rax
	jne	.LBB1_22
.LBB1_14:
	movq	56(%rsp), %rdi
	callq	*%r14
	testq	%rax, %rax
	je	.LBB1_33
	movq	%rax, %r14
	movq	%rax, %rdi
	callq	*%r13
	movq	%rax, %rbx
	movq	%r14, %rdi
	callq	*%r15
	callq	*%r12
	testq	%rax, %rax
	jne	.LBB1_22
.LBB1_16:
	movq	48(%rsp), %rdi
	vxorps	%xmm0, %xmm0, %xmm0
	vmovups	%ymm0, 112(%rsp)
	vmovups	%ymm0, 144(%rsp)
	movq	$0, 176(%rsp)
	movabsq	$NRT_adapt_ndarray_from_python, %rax
	leaq	112(%rsp), %rsi
	vzeroupper
	callq	*%rax
	testl	%eax, %eax
	jne	.LBB1_35
	cmpq	$4, 136(%rsp)
	jne	.LBB1_35
	movq	112(%rsp), %r14
	movq	144(%rsp), %rax
	movq	160(%rsp), %rcx
	subq	$96, %rsp
	.cfi_adjust_cfa_offset 96
	movq	%rcx, 72(%rsp)
	movq	%rax, 56(%rsp)
	movq	%rbx, 16(%rsp)
	movq	%rbp, 8(%rsp)
	movq	104(%rsp), %rax
	movq	%rax, (%rsp)
	movabsq	$_ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rax
	leaq	288(%rsp), %rdi
	movq	136(%rsp), %rdx
	movq	128(%rsp), %rcx
	movq	120(%rsp), %r8
	movq	112(%rsp), %r9
	callq	*%rax
	addq	$96, %rsp
	.cfi_adjust_cfa_offset -96
	movabsq	$NRT_decref, %rax
	movq	%r14, %rdi
	callq	*%rax
	movabsq	$_Py_NoneStruct, %rbx
	movabsq	$Py_IncRef, %rax
	movq	%rbx, %rdi
	callq	*%rax
.LBB1_19:
	movq	%rbx, %rax
	addq	$200, %rsp
	.cfi_def_cfa_offset 56
	popq	%rbx
	.cfi_def_cfa_offset 48
	popq	%r12
	.cfi_def_cfa_offset 40
	popq	%r13
	.cfi_def_cfa_offset 32
	popq	%r14
	.cfi_def_cfa_offset 24
	popq	%r15
	.cfi_def_cfa_offset 16
	popq	%rbp
	.cfi_def_cfa_offset 8
	vzeroupper
	retq
.LBB1_20:
	.cfi_def_cfa_offset 256
	movabsq	$PyExc_RuntimeError, %rdi
	movabsq	$".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE", %rsi
	jmp	.LBB1_36
.LBB1_21:
	xorl	%ebp, %ebp
	movabsq	$PyErr_Occurred, %r12
	callq	*%r12
	testq	%rax, %rax
	je	.LBB1_4
	jmp	.LBB1_22
.LBB1_23:
	movq	$0, 32(%rsp)
	callq	*%r12
	testq	%rax, %rax
	je	.LBB1_6
	jmp	.LBB1_22
.LBB1_25:
	movq	$0, 24(%rsp)
	callq	*%r12
	testq	%rax, %rax
	je	.LBB1_8
	jmp	.LBB1_22
.LBB1_27:
	movq	$0, 16(%rsp)
	callq	*%r12
	testq	%rax, %rax
	je	.LBB1_10
	jmp	.LBB1_22
.LBB1_29:
	movq	$0, 8(%rsp)
	callq	*%r12
	testq	%rax, %rax
	je	.LBB1_12
	jmp	.LBB1_22
.LBB1_31:
	xorl	%ebp, %ebp
	callq	*%r12
	testq	%rax, %rax
	je	.LBB1_14
	jmp	.LBB1_22
.LBB1_33:
	xorl	%ebx, %ebx
	callq	*%r12
	testq	%rax, %rax
	je	.LBB1_16
.LBB1_22:
	xorl	%ebx, %ebx
	jmp	.LBB1_19
.LBB1_35:
	movabsq	$PyExc_TypeError, %rdi
	movabsq	$".const.can't unbox array from PyObject into native value.  The object maybe of a different type", %rsi
.LBB1_36:
	movabsq	$PyErr_SetString, %rax
	vzeroupper
	callq	*%rax
	xorl	%ebx, %ebx
	jmp	.LBB1_19
.Lfunc_end1:
	.size	_ZN7cpython8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end1-_ZN7cpython8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.cfi_endproc

	.globl	cfunc._ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	cfunc._ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
cfunc._ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
	subq	$104, %rsp
	movq	%rcx, %rax
	movq	%rdx, %r10
	movq	%rsi, %rcx
	movq	%rdi, %rdx
	movq	112(%rsp), %rsi
	movq	152(%rsp), %rdi
	movq	168(%rsp), %r11
	movq	$0, 96(%rsp)
	movq	%r11, 72(%rsp)
	movq	%rdi, 56(%rsp)
	movq	%rsi, 16(%rsp)
	movq	%r9, 8(%rsp)
	movq	%r8, (%rsp)
	movabsq	$_ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rsi
	leaq	96(%rsp), %rdi
	movq	%r10, %r8
	movq	%rax, %r9
	callq	*%rsi
	movq	96(%rsp), %rax
	addq	$104, %rsp
	retq
.Lfunc_end2:
	.size	cfunc._ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end2-cfunc._ZN8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE

	.weak	NRT_decref
	.p2align	4
	.type	NRT_decref,@function
NRT_decref:
	.cfi_startproc
	testq	%rdi, %rdi
	je	.LBB3_2
	#MEMBARRIER
	lock		decq	(%rdi)
	je	.LBB3_3
.LBB3_2:
	retq
.LBB3_3:
	#MEMBARRIER
	movabsq	$NRT_MemInfo_call_dtor, %rax
	jmpq	*%rax
.Lfunc_end3:
	.size	NRT_decref, .Lfunc_end3-NRT_decref
	.cfi_endproc

	.type	".const.mk.<locals>.fill",@object
	.section	.lrodata,"al",@progbits
	.p2align	4, 0x0
".const.mk.<locals>.fill":
	.asciz	"mk.<locals>.fill"
	.size	".const.mk.<locals>.fill", 17

	.type	_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@object
	.comm	_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,8,8
	.type	".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE",@object
	.p2align	4, 0x0
".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE":
	.asciz	"missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE"
	.size	".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB3v14B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE", 153

	.type	".const.can't unbox array from PyObject into native value.  The object maybe of a different type",@object
	.p2align	4, 0x0
".const.can't unbox array from PyObject into native value.  The object maybe of a different type":
	.asciz	"can't unbox array from PyObject into native value.  The object maybe of a different type"
	.size	".const.can't unbox array from PyObject into native value.  The object maybe of a different type", 89

	.section	".note.GNU-stack","",@progbits
