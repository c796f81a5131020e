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
	.globl	_ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	_ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
_ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
	pushq	%rbp
	pushq	%r15
	pushq	%r14
	pushq	%r13
	pushq	%r12
	pushq	%rbx
	subq	$32, %rsp
	movq	%rdi, 16(%rsp)
	testq	%rdx, %rdx
	jle	.LBB0_11
	movq	%rcx, %r13
	movq	%rdx, %r10
	movq	104(%rsp), %rbp
	movq	96(%rsp), %rsi
	movl	$3528531795, %edx
	leaq	-78811644(%rdx), %rcx
	movq	%rcx, -120(%rsp)
	imulq	%rcx, %r9
	movq	%r9, -128(%rsp)
	movq	%r9, %rcx
	shrq	$32, %rcx
	leaq	-874096026(%rsi,%rdx), %r9
	leaq	1013904242(%rsi), %rbx
	leaq	139808216(%rsi,%rdx), %rax
	movq	%rax, 8(%rsp)
	leaq	2027808484(%rsi), %rax
	movq	%rax, -64(%rsp)
	leaq	387276957(%rsi), %rax
	movq	%rax, -32(%rsp)
	leaq	-486819069(%rsi,%rdx), %r11
	leaq	1401181199(%rsi), %r14
	leaq	527085173(%rsi,%rdx), %r15
	movq	%r15, -16(%rsp)
	leaq	-1113446354(%rsi,%rdx), %r15
	movq	%r15, -24(%rsp)
	xorl	%r8d, %esi
	xorl	%ecx, %esi
	leaq	-384397518(%rbp,%rdx), %rcx
	imulq	%rdx, %rsi
	movq	%rsi, %r8
	shrq	$32, %r8
	xorq	%rcx, %r8
	movq	160(%rsp), %r15
	leaq	(,%r15,4), %rcx
	leaq	(%rcx,%rcx,2), %rdi
	movq	144(%rsp), %rcx
	leaq	458070721(%rbp,%rdx), %rax
	movq	%rax, -40(%rsp)
	leaq	-692762298(%rbp,%rdx), %rax
	leaq	149705941(%rbp,%rdx), %r12
	movq	%r12, -56(%rsp)
	movq	%rbp, %r12
	leaq	-1001127078(%rbp,%rdx), %rdx
	cmpq	$8, %r10
	movq	%r11, (%rsp)
	movq	%r14, -8(%rsp)
	movq	%rax, -48(%rsp)
	movq	%rdx, 24(%rsp)
	movq	%rsi, -96(%rsp)
	jae	.LBB0_4
	xorl	%r14d, %r14d
	movq	%r12, %rsi
	movq	%rdi, %r12
	jmp	.LBB0_3
.LBB0_4:
	movq	8(%rsp), %rbp
	movq	%r8, -104(%rsp)
	leaq	(,%r15,8), %rcx
	movabsq	$4611686018427387896, %r8
	testq	%r8, %r15
	sete	%r8b
	cmpq	$32, %rcx
	setb	%cl
	movq	%rdi, -112(%rsp)
	cmpq	$32, %rdi
	setb	%r11b
	orb	%r8b, %cl
	orb	%r11b, %cl
	je	.LBB0_6
	xorl	%r14d, %r14d
	movq	-104(%rsp), %r8
	movq	%r12, %rsi
	movq	-112(%rsp), %r12
	movq	144(%rsp), %rcx
.LBB0_3:
	movq	88(%rsp), %rdi
	leaq	1993301258(%rsi), %rbp
	movq	-120(%rsp), %rax
	movl	$3528531795, %edx
	leaq	842468239(%rsi), %r11
	movq	%r11, -72(%rsp)
	leaq	1684936478(%rsi), %r11
	movq	%r11, -80(%rsp)
	leaq	534103459(%rsi), %r11
	movq	%r11, -88(%rsp)
	movq	-128(%rsp), %r11
.LBB0_9:
	xorq	%rsi, %rdi
	xorq	%r11, %r9
	xorq	-96(%rsp), %rbp
	addq	%r14, %r13
	imulq	%rdx, %r13
	leaq	(%rcx,%r15,8), %rsi
	movq	%rsi, -120(%rsp)
	leaq	(%rcx,%r15,4), %rsi
	movq	%rsi, -96(%rsp)
	addq	%rcx, %r12
	movq	%r12, -112(%rsp)
	movq	%rdi, -128(%rsp)
	.p2align	4
.LBB0_10:
	movq	%r13, %r12
	shrq	$32, %r12
	xorl	%edi, %r12d
	imulq	%rax, %r12
	movq	%rcx, %r15
	movq	%r12, %rcx
	shrq	$32, %rcx
	xorl	%r9d, %ecx
	movq	%r8, %rdi
	xorl	%r13d, %r8d
	imulq	%rdx, %rcx
	imulq	%rax, %r8
	movq	%r8, %r11
	shrq	$32, %r11
	xorl	%ebx, %r11d
	xorl	%r11d, %r12d
	movq	%rcx, %r11
	shrq	$32, %r11
	xorl	%ebp, %r11d
	imulq	%rdx, %r12
	imulq	%rax, %r11
	movl	$3528531795, %edx
	movq	%rbp, %rsi
	movq	%rbx, %rbp
	movq	%r9, %rbx
	movq	%r10, %r9
	movq	%r11, %r10
	shrq	$32, %r10
	xorl	8(%rsp), %r8d
	xorl	%r10d, %r8d
	movq	%r12, %r10
	shrq	$32, %r10
	xorl	-72(%rsp), %ecx
	xorl	%r10d, %ecx
	imulq	%rdx, %r8
	imulq	%rax, %rcx
	movq	%rcx, %r10
	shrq	$32, %r10
	xorl	-64(%rsp), %r11d
	xorl	%r10d, %r11d
	movq	%r8, %r10
	shrq	$32, %r10
	xorl	-40(%rsp), %r12d
	xorl	%r10d, %r12d
	imulq	%rdx, %r11
	imulq	%rax, %r12
	movq	%r12, %r10
	shrq	$32, %r10
	xorl	-32(%rsp), %ecx
	xorl	%r10d, %ecx
	movq	%r11, %r10
	shrq	$32, %r10
	xorl	-48(%rsp), %r8d
	xorl	%r10d, %r8d
	imulq	%rdx, %rcx
	imulq	%rax, %r8
	movq	%r8, %r10
	shrq	$32, %r10
	xorl	(%rsp), %r12d
	xorl	%r10d, %r12d
	movq	%rcx, %r10
	shrq	$32, %r10
	xorl	-80(%rsp), %r11d
	xorl	%r10d, %r11d
	imulq	%rdx, %r12
	imulq	%rax, %r11
	movq	%r11, %r10
	shrq	$32, %r10
	xorl	-8(%rsp), %r8d
	xorl	%r10d, %r8d
	movq	%r12, %r10
	shrq	$32, %r10
	xorl	-88(%rsp), %ecx
	xorl	%r10d, %ecx
	imulq	%rdx, %r8
	imulq	%rax, %rcx
	movq	%rcx, %r10
	shrq	$32, %r10
	xorl	-16(%rsp), %r11d
	xorl	%r10d, %r11d
	movq	%r8, %r10
	shrq	$32, %r10
	xorl	-56(%rsp), %r12d
	xorl	%r10d, %r12d
	imulq	%rdx, %r11
	imulq	%rax, %r12
	movq	%r12, %r10
	shrq	$32, %r10
	xorl	-24(%rsp), %ecx
	xorl	%r10d, %ecx
	movq	%r11, %r10
	shrq	$32, %r10
	xorl	24(%rsp), %r8d
	xorl	%r10d, %r8d
	movq	%r9, %r10
	movq	%rbx, %r9
	movq	%rbp, %rbx
	movq	%rsi, %rbp
	movl	%ecx, (%r15,%r14,4)
	movq	%r15, %rcx
	movq	-96(%rsp), %rsi
	movl	%r12d, (%rsi,%r14,4)
	movq	-112(%rsp), %r12
	movq	-120(%rsp), %rsi
	movl	%r8d, (%rsi,%r14,4)
	movq	%rdi, %r8
	movq	-128(%rsp), %rdi
	movl	%r11d, (%r12,%r14,4)
	addq	%rdx, %r13
	incq	%r14
	cmpq	%r14, %r10
	jne	.LBB0_10
.LBB0_11:
	movq	16(%rsp), %rax
	movq	$0, (%rax)
	xorl	%eax, %eax
	addq	$32, %rsp
	popq	%rbx
	popq	%r12
	popq	%r13
	popq	%r14
	popq	%r15
	popq	%rbp
	vzeroupper
	retq
.LBB0_6:
	movabsq	$9223372036854775800, %r14
	andq	%r10, %r14
	movq	-104(%rsp), %rcx
	vpbroadcastq	%rcx, %zmm0
	vpbroadcastq	%rbx, %zmm1
	vpbroadcastq	%rbp, %zmm2
	leaq	842468239(%r12), %rcx
	vpbroadcastq	%rcx, %zmm3
	movq	-64(%rsp), %rax
	vpbroadcastq	%rax, %zmm4
	movq	-40(%rsp), %rax
	vpbroadcastq	%rax, %zmm5
	movq	-32(%rsp), %rcx
	vpbroadcastq	%rcx, %zmm6
	movq	-48(%rsp), %rax
	vpbroadcastq	%rax, %zmm7
	movq	(%rsp), %rcx
	vpbroadcastq	%rcx, %zmm8
	leaq	1684936478(%r12), %rax
	vpbroadcastq	%rax, %zmm9
	movq	-8(%rsp), %rcx
	vpbroadcastq	%rcx, %zmm10
	leaq	534103459(%r12), %rax
	vpbroadcastq	%rax, %zmm11
	movq	-16(%rsp), %rcx
	vpbroadcastq	%rcx, %zmm12
	movq	-56(%rsp), %rax
	vpbroadcastq	%rax, %zmm13
	movq	-24(%rsp), %rcx
	vpbroadcastq	%rcx, %zmm14
	vpbroadcastq	%rdx, %zmm15
	vpbroadcastq	%r13, %zmm16
	movl	%r12d, %ecx
	movq	88(%rsp), %rdi
	xorl	%edi, %ecx
	vpbroadcastq	%rcx, %zmm17
	movq	-128(%rsp), %rcx
	xorl	%r9d, %ecx
	vpbroadcastq	%rcx, %zmm18
	movl	%esi, %ecx
	leaq	1993301258(%r12), %rbp
	xorl	%ebp, %ecx
	vpbroadcastq	%rcx, %zmm19
	movabsq	$.LCPI0_0, %rcx
	vmovdqa64	(%rcx), %zmm20
	movabsq	$.LCPI0_1, %rcx
	vpbroadcastq	(%rcx), %zmm21
	movabsq	$.LCPI0_2, %rcx
	vpbroadcastq	(%rcx), %zmm22
	movabsq	$.LCPI0_3, %rcx
	vpbroadcastq	(%rcx), %zmm23
	movq	%r14, %rcx
	movq	144(%rsp), %r8
	movq	-112(%rsp), %r12
	.p2align	4
.LBB0_7:
	vpaddq	%zmm16, %zmm20, %zmm24
	vpmullq	%zmm21, %zmm24, %zmm24
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
	vpmovqd	%zmm28, (%r8)
	vpmovqd	%zmm25, (%r8,%r15,4)
	vpmovqd	%zmm24, (%r8,%r15,8)
	vpmovqd	%zmm27, (%r8,%r12)
	vpaddq	%zmm23, %zmm20, %zmm20
	addq	$32, %r8
	addq	$-8, %rcx
	jne	.LBB0_7
	cmpq	%r14, %r10
	movq	-104(%rsp), %r8
	movq	144(%rsp), %rcx
	movq	-120(%rsp), %rax
	movl	$3528531795, %edx
	movq	104(%rsp), %rsi
	leaq	842468239(%rsi), %r11
	movq	%r11, -72(%rsp)
	leaq	1684936478(%rsi), %r11
	movq	%r11, -80(%rsp)
	leaq	534103459(%rsi), %r11
	movq	%r11, -88(%rsp)
	movq	-128(%rsp), %r11
	jne	.LBB0_9
	jmp	.LBB0_11
.Lfunc_end0:
	.size	_ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end0-_ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE

	.globl	_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
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
	movabsq	$_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rax
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
	movabsq	$_ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rax
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
	movabsq	$".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE", %rsi
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
	.size	_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end1-_ZN7cpython8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.cfi_endproc

	.globl	cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE
	.p2align	4
	.type	cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@function
cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE:
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
	movabsq	$_ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, %rsi
	leaq	96(%rsp), %rdi
	movq	%r10, %r8
	movq	%rax, %r9
	callq	*%rsi
	movq	96(%rsp), %rax
	addq	$104, %rsp
	retq
.Lfunc_end2:
	.size	cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE, .Lfunc_end2-cfunc._ZN8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE

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

	.type	_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,@object
	.comm	_ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE,8,8
	.type	".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE",@object
	.p2align	4, 0x0
".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE":
	.asciz	"missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE"
	.size	".const.missing Environment: _ZN08NumbaEnv8__main__2mk12_3clocals_3e4fillB2v8B40c8tJTIeFIjxB2IKSgI4CrvSCKg1MMfAwK4LIaQIAExyyyyyy5ArrayIjLi2E1C7mutable7alignedE", 152

	.type	".const.can't unbox array from PyObject into native value.  The object maybe of a different type",@object
	.p2align	4, 0x0
".const.can't unbox array from PyObject into native value.  The object maybe of a different type":
	.asciz	"can't unbox array from PyObject into native value.  The object maybe of a different type"
	.size	".const.can't unbox array from PyObject into native value.  The object maybe of a different type", 89

	.section	".note.GNU-stack","",@progbits
