/* Steps of optimizers: all parameters in one launch, each with its gradient and up to three states, overwritten where
 * they lie. A table in the device's memory says where; chunks of so many elements are shared by the groups.
 */
#define CHUNK 1024
#define ROLES 5
typedef struct {
    i64 start; /* its first chunk */
    i64 count; /* its elements */
    i64 at[ROLES];
} Part;

#define STEP(name)                                                                                                    \
    KERNEL(name, (CONST_BYTES c, i64 c_at, BYTES p, CONST_BYTES g, BYTES s0, BYTES s1, BYTES s2, CONST_BYTES table,   \
                  i32 parts, i64 chunks, i32 flags, i32 dtype))
#define COEFFICIENT(i) LD(c, c_at + (i), dtype)

INLINE i32 part_of(GLOBAL_PTR(const Part) table, i32 parts, i64 chunk) {
    i32 low = 0;
    for (i32 high = parts; high - low > 1;) {
        i32 middle = (low + high) / 2;
        if (table[middle].start <= chunk) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Runs what stands between the two for each element i of a part. */
#define BEGIN_ELEMENTS                                                                                                \
    for (i64 chunk = GROUP_ID; chunk < chunks; chunk += GROUP_COUNT) {                                                \
        GLOBAL_PTR(const Part) all = (GLOBAL_PTR(const Part))table;                                                   \
        Part part = all[part_of(all, parts, chunk)];                                                                  \
        i64 first = (chunk - part.start) * CHUNK;                                                                     \
        i64 end = part.count - first < CHUNK ? part.count : first + CHUNK;                                            \
        for (i64 i = first + LOCAL_ID; i < end; i += LOCAL_COUNT) {                                                   \
            R parameter = LD(p, part.at[0] + i, dtype);                                                               \
            R slope = LD(g, part.at[1] + i, dtype);                                                                   \
            slope = (flags & MAXIMIZE) ? -slope : slope;
#define END_ELEMENTS                                                                                                  \
        }                                                                                                             \
    }
#define STATE(n) LD(s##n, part.at[2 + n] + i, dtype)
#define SET_STATE(n, x) ST(s##n, part.at[2 + n] + i, dtype, x)
#define SET_PARAMETER(x) ST(p, part.at[0] + i, dtype, x)

#define MAXIMIZE 1
#define DECAY 2
#define DECOUPLED 4
#define AMSGRAD 8
#define MOMENTUM 4
#define FIRST 8
#define NESTEROV 16
#define CENTERED 8

/* See AdamStep for the coefficients. */
STEP(adam) {
    R c0 = COEFFICIENT(0), c1 = COEFFICIENT(1), c2 = COEFFICIENT(2), c3 = COEFFICIENT(3), c4 = COEFFICIENT(4),
      c5 = COEFFICIENT(5), c6 = COEFFICIENT(6);
    BEGIN_ELEMENTS
        if ((flags & DECAY) && (flags & DECOUPLED)) {
            parameter *= c0;
        } else if (flags & DECAY) {
            slope += parameter * c0;
        }
        R mean = STATE(0);
        mean += (slope - mean) * c1;
        R square = STATE(1) * c2 + slope * slope * c3;
        SET_STATE(0, mean);
        SET_STATE(1, square);
        if (flags & AMSGRAD) {
            square = real_maximum(STATE(2), square);
            SET_STATE(2, square);
        }
        SET_PARAMETER(parameter + mean / (sqrt(square) / c4 + c5) * c6);
    END_ELEMENTS
}

/* See SgdStep for the coefficients. */
STEP(sgd) {
    R c0 = COEFFICIENT(0), c1 = COEFFICIENT(1), c2 = COEFFICIENT(2), c3 = COEFFICIENT(3);
    BEGIN_ELEMENTS
        if (flags & DECAY) {
            slope += parameter * c1;
        }
        R direction = slope;
        if (flags & MOMENTUM) {
            R velocity = slope;
            if (!(flags & FIRST)) {
                velocity = STATE(0) * c2 + slope * c3;
            }
            direction = (flags & NESTEROV) ? slope + velocity * c2 : velocity;
            SET_STATE(0, velocity);
        }
        SET_PARAMETER(parameter + direction * c0);
    END_ELEMENTS
}

/* See RmsPropStep for the coefficients; the states are the square, then the velocity and the mean where there are. */
STEP(rms_prop) {
    R c0 = COEFFICIENT(0), c1 = COEFFICIENT(1), c2 = COEFFICIENT(2), c3 = COEFFICIENT(3), c4 = COEFFICIENT(4),
      c5 = COEFFICIENT(5);
    BEGIN_ELEMENTS
        if (flags & DECAY) {
            slope += parameter * c1;
        }
        R square = STATE(0) * c2 + slope * slope * c3;
        R variance = square;
        SET_STATE(0, square);
        if ((flags & CENTERED) && (flags & MOMENTUM)) {
            R mean = STATE(2);
            mean += (slope - mean) * c3;
            variance -= mean * mean;
            SET_STATE(2, mean);
        } else if (flags & CENTERED) {
            R mean = STATE(1);
            mean += (slope - mean) * c3;
            variance -= mean * mean;
            SET_STATE(1, mean);
        }
        R direction = slope / (sqrt(variance) + c4);
        if (flags & MOMENTUM) {
            direction += STATE(1) * c5;
            SET_STATE(1, direction);
        }
        SET_PARAMETER(parameter + direction * c0);
    END_ELEMENTS
}

/* See AdagradStep for the coefficients. */
STEP(adagrad) {
    R c0 = COEFFICIENT(0), c1 = COEFFICIENT(1), c2 = COEFFICIENT(2);
    BEGIN_ELEMENTS
        if (flags & DECAY) {
            slope += parameter * c1;
        }
        R sum = STATE(0) + slope * slope;
        SET_STATE(0, sum);
        SET_PARAMETER(parameter + slope / (sqrt(sum) + c2) * c0);
    END_ELEMENTS
}
