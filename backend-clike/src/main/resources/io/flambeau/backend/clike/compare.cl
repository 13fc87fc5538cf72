/* out (BOOL) = x op y, elementwise: operands 0, 1 and 2 of the nest. A scalar stands for y where side is 2. */
#define COMPARE(name, expression)                                                                                     \
    KERNEL(compare_##name, (CONST_BYTES x, CONST_BYTES y, BYTES out, i32 side, C scalar, const Nest n)) {             \
        FOR_EACH(i, n.count) {                                                                                        \
            PLACES3(n, i)                                                                                             \
            C a = LD(x, p0, n.dtype[0]);                                                                              \
            C b = scalar;                                                                                             \
            if (side != 2) {                                                                                          \
                b = LD(y, p1, n.dtype[1]);                                                                            \
            }                                                                                                         \
            out[p2] = (expression) ? 1 : 0;                                                                           \
        }                                                                                                             \
    }
#if IS_COMPLEX
COMPARE(eq, a.x == b.x && a.y == b.y)
COMPARE(ne, !(a.x == b.x && a.y == b.y))
#else
COMPARE(eq, a == b)
COMPARE(ne, a != b)
COMPARE(lt, a < b)
COMPARE(le, a <= b)
COMPARE(gt, a > b)
COMPARE(ge, a >= b)
#endif
