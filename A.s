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
	.globl	_ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	_ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
_ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
	pushq	%rbp
	pushq	%r15
	pushq	%r14
	pushq	%r13
	pushq	%r12
	pushq	%rbx
	subq	$40, %rsp
	movq	%rdi, -16(%rsp)
	testq	%rdx, %rdx
	jle	.LBB0_10
	movq	%rdx, %r14
	movq	112(%rsp), %r13
	movq	104(%rsp), %rsi
	movl	$3449720151, %eax
	movl	%r9d, %edx
	imulq	%rax, %rdx
	movq	%rdx, -64(%rsp)
	shrq	$32, %rdx
	leaq	-795284382(%rsi,%rax), %r15
	leaq	1013904242(%rsi), %rbp
	leaq	218619860(%rsi,%rax), %rdi
	leaq	2027808484(%rsi), %r9
	movq	%r9, -24(%rsp)
	leaq	387276957(%rsi), %r9
	leaq	-408007425(%rsi,%rax), %r11
	leaq	1401181199(%rsi), %rbx
	movl	%esi, %r12d
	xorl	%r8d, %r12d
	xorl	%edx, %r12d
	leaq	-305585874(%r13,%rax), %rdx
	leaq	78811644(%rax), %r8
	imulq	%r8, %r12
	movq	%r12, -72(%rsp)
	shrq	$32, %r12
	xorq	%rdx, %r12
	leaq	605896817(%rsi,%rax), %rdx
	movq	%rdx, -40(%rsp)
	leaq	-1034634710(%rsi,%rax), %rdx
	movq	%rdx, -56(%rsp)
	movq	168(%rsp), %r10
	leaq	(,%r10,4), %rdx
	leaq	(%rdx,%rdx,2), %rdx
	movq	%rdx, -128(%rsp)
	movq	152(%rsp), %rsi
	addq	$1684936478, %r13
	cmpq	$8, %r14
	movq	%rbx, -32(%rsp)
	movq	%r12, 32(%rsp)
	movq	%r11, -48(%rsp)
	movq	%rbp, 24(%rsp)
	movq	%rdi, 16(%rsp)
	movq	%r9, 8(%rsp)
	movq	%r13, (%rsp)
	jae	.LBB0_3
	xorl	%edx, %edx
	movq	96(%rsp), %r9
	movq	112(%rsp), %rbx
	leaq	1993301258(%rbx), %r12
	leaq	842468239(%rbx), %rdi
	movq	%rdi, -80(%rsp)
	leaq	536882365(%rbx,%rax), %rdi
	movq	%rdi, -88(%rsp)
	leaq	-613950654(%rbx,%rax), %rdi
	movq	%rdi, -96(%rsp)
	leaq	534103459(%rbx), %rdi
	movq	%rdi, -104(%rsp)
	leaq	228517585(%rbx,%rax), %rdi
	movq	%rdi, -112(%rsp)
	leaq	-922315434(%rbx,%rax), %rdi
	movq	%rdi, -120(%rsp)
	movq	-128(%rsp), %rbp
	jmp	.LBB0_8
.LBB0_3:
	movq	-24(%rsp), %rsi
	leaq	(,%r10,8), %rdx
	movabsq	$4611686018427387896, %r11
	testq	%r11, %r10
	sete	%r11b
	cmpq	$32, %rdx
	setb	%dl
	cmpq	$32, -128(%rsp)
	setb	%bl
	orb	%r11b, %dl
	orb	%bl, %dl
	je	.LBB0_5
	xorl	%edx, %edx
	movq	-128(%rsp), %rbp
	movq	152(%rsp), %rsi
	movq	96(%rsp), %r9
	movq	112(%rsp), %rbx
	leaq	1993301258(%rbx), %r12
	leaq	842468239(%rbx), %rdi
	movq	%rdi, -80(%rsp)
	leaq	536882365(%rbx,%rax), %rdi
	movq	%rdi, -88(%rsp)
	leaq	-613950654(%rbx,%rax), %rdi
	movq	%rdi, -96(%rsp)
	leaq	534103459(%rbx), %rdi
	movq	%rdi, -104(%rsp)
	leaq	228517585(%rbx,%rax), %rdi
	movq	%rdi, -112(%rsp)
	leaq	-922315434(%rbx,%rax), %rdi
	movq	%rdi, -120(%rsp)
	jmp	.LBB0_8
.LBB0_5:
	movabsq	$9223372036854775800, %rdx
	andq	%r14, %rdx
	vpbroadcastq	%r12, %zmm0
	vpbroadcastq	%rbp, %zmm1
	vpbroadcastq	%rdi, %zmm2
	movq	112(%rsp), %rdi
	leaq	842468239(%rdi), %r11
	vpbroadcastq	%r11, %zmm3
	vpbroadcastq	%rsi, %zmm4
	leaq	536882365(%rdi,%rax), %r11
	vpbroadcastq	%r11, %zmm5
	vpbroadcastq	%r9, %zmm6
	leaq	-613950654(%rdi,%rax), %r11
	vpbroadcastq	%r11, %zmm7
	movq	-48(%rsp), %r11
	vpbroadcastq	%r11, %zmm8
	vpbroadcastq	%r13, %zmm9
	movq	-32(%rsp), %r11
	vpbroadcastq	%r11, %zmm10
	leaq	534103459(%rdi), %r11
	vpbroadcastq	%r11, %zmm11
	movq	-40(%rsp), %r11
	vpbroadcastq	%r11, %zmm12
	leaq	228517585(%rdi,%rax), %r11
	vpbroadcastq	%r11, %zmm13
	movq	-56(%rsp), %r11
	vpbroadcastq	%r11, %zmm14
	leaq	-922315434(%rdi,%rax), %r11
	vpbroadcastq	%r11, %zmm15
	vpbroadcastq	%rcx, %zmm16
	movl	%edi, %r11d
	movq	96(%rsp), %rbx
	xorl	%ebx, %r11d
	vpbroadcastq	%r11, %zmm17
	movq	-64(%rsp), %r11
	xorl	%r15d, %r11d
	vpbroadcastq	%r11, %zmm18
	movq	-72(%rsp), %r11
	leaq	1993301258(%rdi), %rbx
	xorl	%ebx, %r11d
	vpbroadcastq	%r11, %zmm19
	movabsq	$.LCPI0_0, %r11
	vmovdqa64	(%r11), %zmm20
	movabsq	$.LCPI0_1, %r11
	vpbroadcastq	(%r11), %zmm21
	movabsq	$.LCPI0_2, %r11
	vpbroadcastq	(%r11), %zmm22
	movabsq	$.LCPI0_3, %r11
	vpbroadcastq	(%r11), %zmm23
	movq	%rdx, %r11
	movq	152(%rsp), %rbx
	movq	-128(%rsp), %rbp
	.p2align	4
.LBB0_6:
	vpaddq	%zmm16, %zmm20, %zmm24
	vpmuludq	%zmm21, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm25
	vpxorq	%zmm25, %zmm17, %zmm25
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm26
	vpxorq	%zmm26, %zmm18, %zmm26
	vpxorq	%zmm24, %zmm0, %zmm24
	vpmuludq	%zmm21, %zmm26, %zmm26
	vpmuludq	%zmm22, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm27
	vpternlogq	$150, %zmm1, %zmm25, %zmm27
	vpsrlq	$32, %zmm26, %zmm25
	vpxorq	%zmm25, %zmm19, %zmm25
	vpmuludq	%zmm21, %zmm27, %zmm27
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm28
	vpternlogq	$150, %zmm24, %zmm2, %zmm28
	vpsrlq	$32, %zmm27, %zmm24
	vpternlogq	$150, %zmm3, %zmm26, %zmm24
	vpmuludq	%zmm21, %zmm28, %zmm26
	vpmuludq	%zmm22, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm28
	vpternlogq	$150, %zmm4, %zmm25, %zmm28
	vpsrlq	$32, %zmm26, %zmm25
	vpternlogq	$150, %zmm27, %zmm5, %zmm25
	vpmuludq	%zmm21, %zmm28, %zmm27
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm28
	vpternlogq	$150, %zmm24, %zmm6, %zmm28
	vpsrlq	$32, %zmm27, %zmm24
	vpternlogq	$150, %zmm7, %zmm26, %zmm24
	vpmuludq	%zmm21, %zmm28, %zmm26
	vpmuludq	%zmm22, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm28
	vpternlogq	$150, %zmm8, %zmm25, %zmm28
	vpsrlq	$32, %zmm26, %zmm25
	vpternlogq	$150, %zmm27, %zmm9, %zmm25
	vpmuludq	%zmm21, %zmm28, %zmm27
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm28
	vpternlogq	$150, %zmm24, %zmm10, %zmm28
	vpsrlq	$32, %zmm27, %zmm24
	vpternlogq	$150, %zmm11, %zmm26, %zmm24
	vpmuludq	%zmm21, %zmm28, %zmm26
	vpmuludq	%zmm22, %zmm24, %zmm24
	vpsrlq	$32, %zmm24, %zmm28
	vpternlogq	$150, %zmm12, %zmm25, %zmm28
	vpsrlq	$32, %zmm26, %zmm25
	vpternlogq	$150, %zmm27, %zmm13, %zmm25
	vpmuludq	%zmm21, %zmm28, %zmm27
	vpmuludq	%zmm22, %zmm25, %zmm25
	vpsrlq	$32, %zmm25, %zmm28
	vpternlogq	$150, %zmm24, %zmm14, %zmm28
	vpsrlq	$32, %zmm27, %zmm24
	vpternlogq	$150, %zmm15, %zmm26, %zmm24
	vpmovqd	%zmm28, (%rbx)
	vpmovqd	%zmm25, (%rbx,%r10,4)
	vpmovqd	%zmm24, (%rbx,%r10,8)
	vpmovqd	%zmm27, (%rbx,%rbp)
	vpaddq	%zmm23, %zmm20, %zmm20
	addq	$32, %rbx
	addq	$-8, %r11
	jne	.LBB0_6
	cmpq	%rdx, %r14
	movq	152(%rsp), %rsi
	movq	96(%rsp), %r9
	movq	112(%rsp), %rbx
	leaq	1993301258(%rbx), %r12
	leaq	842468239(%rbx), %rdi
	movq	%rdi, -80(%rsp)
	leaq	536882365(%rbx,%rax), %rdi
	movq	%rdi, -88(%rsp)
	leaq	-613950654(%rbx,%rax), %rdi
	movq	%rdi, -96(%rsp)
	leaq	534103459(%rbx), %rdi
	movq	%rdi, -104(%rsp)
	leaq	228517585(%rbx,%rax), %rdi
	movq	%rdi, -112(%rsp)
	leaq	-922315434(%rbx,%rax), %rdi
	movq	%rdi, -120(%rsp)
	je	.LBB0_10
.LBB0_8:
	leaq	(%rsi,%r10,4), %rdi
	movq	%rdi, -128(%rsp)
	leaq	(%rsi,%r10,8), %rdi
	movq	%rdi, -8(%rsp)
	addq	%rsi, %rbp
	xorq	%rbx, %r9
	xorq	-64(%rsp), %r15
	xorq	-72(%rsp), %r12
	.p2align	4
.LBB0_9:
	movq	%r14, %rdi
	leal	(%rcx,%rdx), %r14d
	imulq	%r8, %r14
	movq	%r14, %rbx
	shrq	$32, %rbx
	xorl	%r9d, %ebx
	imulq	%rax, %rbx
	movq	%rbx, %r11
	shrq	$32, %r11
	xorl	%r15d, %r11d
	xorl	32(%rsp), %r14d
	imulq	%r8, %r11
	imulq	%rax, %r14
	movq	%r15, %r13
	movq	%r14, %r15
	shrq	$32, %r15
	xorl	24(%rsp), %r15d
	xorl	%r15d, %ebx
	movq	%r11, %r15
	shrq	$32, %r15
	xorl	%r12d, %r15d
	imulq	%r8, %rbx
	imulq	%rax, %r15
	movq	%r12, %r10
	movq	%rsi, %r12
	movq	%r15, %rsi
	shrq	$32, %rsi
	xorl	16(%rsp), %r14d
	xorl	%esi, %r14d
	movq	%rbx, %rsi
	shrq	$32, %rsi
	xorl	-80(%rsp), %r11d
	xorl	%esi, %r11d
	imulq	%r8, %r14
	imulq	%rax, %r11
	movq	%r11, %rsi
	shrq	$32, %rsi
	xorl	-24(%rsp), %r15d
	xorl	%esi, %r15d
	movq	%r14, %rsi
	shrq	$32, %rsi
	xorl	-88(%rsp), %ebx
	xorl	%esi, %ebx
	imulq	%r8, %r15
	imulq	%rax, %rbx
	movq	%rbx, %rsi
	shrq	$32, %rsi
	xorl	8(%rsp), %r11d
	xorl	%esi, %r11d
	movq	%r15, %rsi
	shrq	$32, %rsi
	xorl	-96(%rsp), %r14d
	xorl	%esi, %r14d
	imulq	%r8, %r11
	imulq	%rax, %r14
	movq	%r14, %rsi
	shrq	$32, %rsi
	xorl	-48(%rsp), %ebx
	xorl	%esi, %ebx
	movq	%r11, %rsi
	shrq	$32, %rsi
	xorl	(%rsp), %r15d
	xorl	%esi, %r15d
	imulq	%r8, %rbx
	imulq	%rax, %r15
	movq	%r15, %rsi
	shrq	$32, %rsi
	xorl	-32(%rsp), %r14d
	xorl	%esi, %r14d
	movq	%rbx, %rsi
	shrq	$32, %rsi
	xorl	-104(%rsp), %r11d
	xorl	%esi, %r11d
	imulq	%r8, %r14
	imulq	%rax, %r11
	movq	%r11, %rsi
	shrq	$32, %rsi
	xorl	-40(%rsp), %r15d
	xorl	%esi, %r15d
	movq	%r14, %rsi
	shrq	$32, %rsi
	xorl	-112(%rsp), %ebx
	xorl	%esi, %ebx
	imulq	%r8, %r15
	imulq	%rax, %rbx
	movq	%rbx, %rsi
	shrq	$32, %rsi
	xorl	-56(%rsp), %r11d
	xorl	%esi, %r11d
	movq	%r15, %rsi
	shrq	$32, %rsi
	xorl	-120(%rsp), %r14d
	xorl	%esi, %r14d
	movq	%r12, %rsi
	movq	%r10, %r12
	movl	%r11d, (%rsi,%rdx,4)
	movq	-128(%rsp), %r10
	movl	%ebx, (%r10,%rdx,4)
	movq	-8(%rsp), %r10
	movl	%r14d, (%r10,%rdx,4)
	movq	%rdi, %r14
	movl	%r15d, (%rbp,%rdx,4)
	movq	%r13, %r15
	incq	%rdx
	cmpq	%rdx, %rdi
	jne	.LBB0_9
.LBB0_10:
	movq	-16(%rsp), %rax
	movq	$0, (%rax)
	xorl	%eax, %eax
	addq	$40, %rsp
	popq	%rbx
	popq	%r12
	popq	%r13
	popq	%r14
	popq	%r15
	popq	%rbp
	vzeroupper
	retq
.Lfunc_end0:
	.size	_ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end0-_ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE

	.globl	_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
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
	movabsq	$_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rax
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
	movabsq	$_ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rax
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
	movabsq	$".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE", %rsi
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
	.size	_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end1-_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.cfi_endproc

	.globl	cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
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
	movabsq	$_ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rsi
	leaq	96(%rsp), %rdi
	movq	%r10, %r8
	movq	%rax, %r9
	callq	*%rsi
	movq	96(%rsp), %rax
	addq	$104, %rsp
	retq
.Lfunc_end2:
	.size	cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end2-cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE

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

	.type	_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@object
	.comm	_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,8,8
	.type	".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE",@object
	.p2align	4, 0x0
".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE":
	.asciz	"missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE"
	.size	".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v2B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE", 152

	.type	".const.can't unbox array from PyObject into native value.  The object maybe of a different type",@object
	.p2align	4, 0x0
".const.can't unbox array from PyObject into native value.  The object maybe of a different type":
	.asciz	"can't unbox array from PyObject into native value.  The object maybe of a different type"
	.size	".const.can't unbox array from PyObject into native value.  The object maybe of a different type", 89

	.section	".note.GNU-stack","",@progbits
