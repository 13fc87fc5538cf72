/* Discrete Fourier transforms of lines of n elements, "inner" apart, one factor p of n at a time (Stockham): when factors
 * whose product is "done" are in, position k n / done + j of a line holds the sum of x[j + r n / done] w^(r k n / done) over
 * r < done, where w^n = 1. */
#if IS_COMPLEX
#define WHOLE 0
#define REAL 1
#define HALF 2

KERNEL(fft_turns, (BYTES out, i64 out_at, i64 n, i32 forward)) {
    FOR_EACH(t, n) {
        W angle = 2 * PI * t / n;
        ((GLOBAL_PTR(Z))out)[out_at + t] = complex_of((R)cos(angle), (R)(forward ? -sin(angle) : sin(angle)));
    }
}

/* Element i of line o: of complex numbers, of real ones, or of the first half of numbers that mirror each other. */
INLINE Z element(CONST_BYTES x, i64 x_at, i32 from, i64 o, i64 i, i64 c, i64 n, i64 inner) {
    i64 half_of = n / 2 + 1;
    if (from == REAL) {
        return complex_of(((GLOBAL_PTR(const R))x)[x_at + (o * n + i) * inner + c], 0);
    }
    if (from == WHOLE || i < half_of) {
        return ((GLOBAL_PTR(const Z))x)[x_at + (o * (from == WHOLE ? n : half_of) + i) * inner + c];
    }
    Z mirrored = ((GLOBAL_PTR(const Z))x)[x_at + (o * half_of + n - i) * inner + c];
    return complex_of(mirrored.x, -mirrored.y);
}

/* The first "kept" elements of each line are written. */
KERNEL(fft_pass, (CONST_BYTES x, i64 x_at, i32 from, BYTES out, i64 out_at, i32 to, CONST_BYTES turns, i64 turns_at,
                  i64 n, i64 done, i64 p, i64 kept, i64 inner, i64 count, R scale)) {
    i64 step = n / (done * p);
    FOR_EACH(e, count) {
        i64 c = e % inner;
        i64 i = e / inner % kept;
        i64 o = e / inner / kept;
        i64 k = i / step;
        i64 first = k % done * (n / done) + i % step;
        i64 turn = 0;
        Z sum = complex_of(0, 0);
        for (i64 q = 0; q < p; q++) {
            Z w = ((GLOBAL_PTR(const Z))turns)[turns_at + turn];
            sum = sum_of(sum, product_of(element(x, x_at, from, o, first + q * step, c, n, inner), w));
            turn += k * step;
            turn -= turn >= n ? n : 0;
        }
        if (to == REAL) {
            ((GLOBAL_PTR(R))out)[out_at + e] = sum.x * scale;
        } else {
            ((GLOBAL_PTR(Z))out)[out_at + e] = complex_of(sum.x * scale, sum.y * scale);
        }
    }
}
#endif
