/* Softmax, cross entropy and layer normalisation: a group for each row, of contiguous operands of one floating dtype.
 * Row r has n elements, "inner" apart. Offsets count elements from the starts of the slabs. */
#define ROW_START(r) ((r) / inner * n * inner + (r) % inner)
#define FOR_ROWS(row, rows) for (i64 row = GROUP_ID; row < (rows); row += GROUP_COUNT)
#define FOR_ROW(i, n) for (i64 i = LOCAL_ID; i < (n); i += LOCAL_COUNT)
#define X(i) LD(x, x_at + (i), dtype)
#define G(i) LD(g, g_at + (i), dtype)

/* Combines the items' values in "shared" into "result", for all of them. */
#define GROUP_ALL(value, COMBINE, result)                                                                             \
    shared[LOCAL_ID] = value;                                                                                         \
    for (i32 half_of = LOCAL_COUNT / 2; half_of > 0; half_of /= 2) {                                                  \
        BARRIER;                                                                                                      \
        if (LOCAL_ID < half_of) {                                                                                     \
            shared[LOCAL_ID] = COMBINE(shared[LOCAL_ID], shared[LOCAL_ID + half_of]);                                 \
        }                                                                                                             \
    }                                                                                                                 \
    BARRIER;                                                                                                          \
    result = shared[0];                                                                                               \
    BARRIER;

KERNEL(softmax, (CONST_BYTES x, i64 x_at, BYTES out, i64 out_at, i32 dtype, i64 rows, i64 n, i64 inner, i32 logarithm)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    FOR_ROWS(row, rows) {
        i64 at = ROW_START(row);
        R most = -INFINITY_R;
        FOR_ROW(i, n) { most = real_maximum(most, X(at + i * inner)); }
        GROUP_ALL(most, real_maximum, most)
        R sum = 0;
        FOR_ROW(i, n) { sum += exp(X(at + i * inner) - most); }
        GROUP_ALL(sum, sum_of, sum)
        R log_sum = log(sum);
        FOR_ROW(i, n) {
            R shifted = X(at + i * inner) - most;
            ST(out, out_at + at + i * inner, dtype, logarithm ? shifted - log_sum : exp(shifted) / sum);
        }
    }
}

/* From the cotangent g and the result x. */
KERNEL(softmax_backward, (CONST_BYTES g, i64 g_at, CONST_BYTES x, i64 x_at, BYTES out, i64 out_at, i32 dtype, i64 rows,
                          i64 n, i64 inner, i32 logarithm)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    FOR_ROWS(row, rows) {
        i64 at = ROW_START(row);
        R sum = 0;
        FOR_ROW(i, n) { sum += logarithm ? G(at + i * inner) : G(at + i * inner) * X(at + i * inner); }
        GROUP_ALL(sum, sum_of, sum)
        FOR_ROW(i, n) {
            R slope = G(at + i * inner);
            R y = X(at + i * inner);
            ST(out, out_at + at + i * inner, dtype, logarithm ? slope - exp(y) * sum : (slope - sum) * y);
        }
    }
}

/* The weight of a target, 0 if it does not count. */
INLINE R target_weight(i64 t, i64 ignored, i64 classes, i32 weighted, CONST_BYTES weights, i64 weights_at, i32 dtype) {
    if (t == ignored || t < 0 || t >= classes) {
        return 0;
    }
    return weighted ? LD(weights, weights_at + t, dtype) : 1;
}
#define WEIGHT(t) target_weight(t, ignored, classes, weighted, weights, weights_at, dtype)
#define TARGET(row) (((GLOBAL_PTR(const i64))target)[target_at + (row)])

/* Each row's loss and the logarithm of the sum of its exponentials. */
KERNEL(cross_entropy, (CONST_BYTES x, i64 x_at, CONST_BYTES target, i64 target_at, CONST_BYTES weights, i64 weights_at,
                       BYTES losses, i64 losses_at, BYTES sums, i64 sums_at, i32 dtype, i64 rows, i64 classes,
                       i64 ignored, i32 weighted, GLOBAL_PTR(i64) status, i64 ticket)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    FOR_ROWS(row, rows) {
        i64 at = row * classes;
        R most = -INFINITY_R;
        FOR_ROW(i, classes) { most = real_maximum(most, X(at + i)); }
        GROUP_ALL(most, real_maximum, most)
        R sum = 0;
        FOR_ROW(i, classes) { sum += exp(X(at + i) - most); }
        GROUP_ALL(sum, sum_of, sum)
        if (LOCAL_ID == 0) {
            R log_sum = log(sum);
            i64 t = TARGET(row);
            R loss = 0;
            if (t != ignored && (t < 0 || t >= classes)) {
                fault(status, ticket, t);
            } else if (t != ignored) {
                loss = -(X(at + t) - most - log_sum) * WEIGHT(t);
            }
            ST(losses, losses_at + row, dtype, loss);
            ST(sums, sums_at + row, dtype, most + log_sum);
        }
    }
}

/* One group: the sum of the targets' weights; and the losses' sum, divided by it for a mean. */
KERNEL(cross_entropy_total, (CONST_BYTES target, i64 target_at, CONST_BYTES weights, i64 weights_at, CONST_BYTES losses,
                             i64 losses_at, BYTES out, i64 out_at, i32 dtype, i64 rows, i64 classes, i64 ignored,
                             i32 weighted, i32 mode)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    R weight = 0;
    R loss = 0;
    FOR_ROW(row, rows) {
        weight += WEIGHT(TARGET(row));
        if (mode > 0) {
            loss += LD(losses, losses_at + row, dtype);
        }
    }
    GROUP_ALL(weight, sum_of, weight)
    GROUP_ALL(loss, sum_of, loss)
    if (LOCAL_ID == 0) {
        ST(out, out_at, dtype, mode == 0 ? weight : mode == 1 ? loss : loss / weight);
    }
}

/* The gradient; g is one number, or one for each row; "total" divides where it is a mean's. */
KERNEL(cross_entropy_backward, (CONST_BYTES g, i64 g_at, CONST_BYTES x, i64 x_at, CONST_BYTES target, i64 target_at,
                                CONST_BYTES sums, i64 sums_at, CONST_BYTES weights, i64 weights_at, CONST_BYTES total,
                                BYTES out, i64 out_at, i32 dtype, i64 rows, i64 classes, i64 ignored, i32 weighted,
                                i32 each, i32 mean)) {
    FOR_EACH(e, rows * classes) {
        i64 row = e / classes;
        i64 t = TARGET(row);
        R slope = 0;
        if (t != ignored) {
            R share = WEIGHT(t) * G(each ? row : 0) / (mean ? LD(total, 0, dtype) : 1);
            slope = (exp(X(e) - LD(sums, sums_at + row, dtype)) - (e - row * classes == t ? 1 : 0)) * share;
        }
        ST(out, out_at + e, dtype, slope);
    }
}

/* Rows may be groups of channels: row r holds channels (r % groups) * each and on, each of inner elements. The weight's
 * elements are a row's where a row is one group of channels of one element. */
#define CHANNEL(row, i) ((row) % groups * each + (inner == 1 ? (i) : (i64)quotient((u64)(i), (u64)inner)))

KERNEL(layer_norm, (CONST_BYTES x, i64 x_at, CONST_BYTES weight, i64 weight_at, CONST_BYTES bias, i64 bias_at, BYTES out,
                    i64 out_at, BYTES means, i64 means_at, BYTES rstds, i64 rstds_at, i32 dtype, i64 rows, i64 n,
                    i64 groups, i64 each, i64 inner, R eps, i32 weighted, i32 biased)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    FOR_ROWS(row, rows) {
        i64 at = row * n;
        R sum = 0;
        FOR_ROW(i, n) { sum += X(at + i); }
        GROUP_ALL(sum, sum_of, sum)
        R mean = sum / (R)n;
        R squares = 0;
        FOR_ROW(i, n) {
            R d = X(at + i) - mean;
            squares += d * d;
        }
        GROUP_ALL(squares, sum_of, squares)
        R rstd = 1 / sqrt(squares / (R)n + eps);
        FOR_ROW(i, n) {
            R y = (X(at + i) - mean) * rstd;
            if (weighted) {
                y *= LD(weight, weight_at + CHANNEL(row, i), dtype);
            }
            if (biased) {
                y += LD(bias, bias_at + CHANNEL(row, i), dtype);
            }
            ST(out, out_at + at + i, dtype, y);
        }
        if (LOCAL_ID == 0) {
            ST(means, means_at + row, dtype, mean);
            ST(rstds, rstds_at + row, dtype, rstd);
        }
    }
}

KERNEL(layer_norm_backward, (CONST_BYTES g, i64 g_at, CONST_BYTES x, i64 x_at, CONST_BYTES means, i64 means_at,
                             CONST_BYTES rstds, i64 rstds_at, CONST_BYTES weight, i64 weight_at, BYTES out, i64 out_at,
                             i32 dtype, i64 rows, i64 n, i64 groups, i64 each, i64 inner, i32 weighted)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    FOR_ROWS(row, rows) {
        i64 at = row * n;
        R mean = LD(means, means_at + row, dtype);
        R rstd = LD(rstds, rstds_at + row, dtype);
        R sum = 0;
        R along = 0;
        FOR_ROW(i, n) {
            R slope = weighted ? G(at + i) * LD(weight, weight_at + CHANNEL(row, i), dtype) : G(at + i);
            sum += slope;
            along += slope * ((X(at + i) - mean) * rstd);
        }
        GROUP_ALL(sum, sum_of, sum)
        GROUP_ALL(along, sum_of, along)
        FOR_ROW(i, n) {
            R slope = weighted ? G(at + i) * LD(weight, weight_at + CHANNEL(row, i), dtype) : G(at + i);
            R hat = (X(at + i) - mean) * rstd;
            ST(out, out_at + at + i, dtype, rstd * (slope - sum / (R)n - hat * (along / (R)n)));
        }
    }
}

/* The gradients of weight and bias: a group takes a channel; neighbouring groups read neighbouring channels. */
KERNEL(layer_norm_parameters, (CONST_BYTES g, i64 g_at, CONST_BYTES x, i64 x_at, CONST_BYTES means, i64 means_at,
                               CONST_BYTES rstds, i64 rstds_at, BYTES weight, i64 weight_at, BYTES bias, i64 bias_at,
                               i32 dtype, i64 samples, i64 groups, i64 each, i64 inner)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    FOR_ROWS(i, groups * each) {
        R slope = 0;
        R sum = 0;
        FOR_ROW(j, samples * inner) {
            i64 sample = inner == 1 ? j : (i64)quotient((u64)j, (u64)inner);
            i64 row = sample * groups + i / each;
            i64 at = (sample * groups * each + i) * inner + (j - sample * inner);
            R c = G(at);
            sum += c;
            slope += c * ((X(at) - LD(means, means_at + row, dtype)) * LD(rstds, rstds_at + row, dtype));
        }
        GROUP_ALL(slope, sum_of, slope)
        GROUP_ALL(sum, sum_of, sum)
        if (LOCAL_ID == 0) {
            ST(weight, weight_at + i, dtype, slope);
            ST(bias, bias_at + i, dtype, sum);
        }
    }
}

/* Element i of channel c, of n in all samples. */
#define IN_CHANNEL(i) (((i) / inner * channels + c) * inner + (i) % inner)

KERNEL(batch_norm, (CONST_BYTES x, i64 x_at, CONST_BYTES weight, i64 weight_at, CONST_BYTES bias, i64 bias_at, BYTES out,
                    i64 out_at, BYTES means, i64 means_at, BYTES variances, i64 variances_at, i32 dtype, i64 channels,
                    i64 n, i64 inner, R eps, i32 weighted, i32 biased)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    FOR_ROWS(c, channels) {
        R sum = 0;
        FOR_ROW(i, n) { sum += X(IN_CHANNEL(i)); }
        GROUP_ALL(sum, sum_of, sum)
        R mean = sum / (R)n;
        R squares = 0;
        FOR_ROW(i, n) {
            R d = X(IN_CHANNEL(i)) - mean;
            squares += d * d;
        }
        GROUP_ALL(squares, sum_of, squares)
        R variance = squares / (R)n;
        R scale = 1 / sqrt(variance + eps);
        R shift = biased ? LD(bias, bias_at + c, dtype) : 0;
        if (weighted) {
            scale *= LD(weight, weight_at + c, dtype);
        }
        FOR_ROW(i, n) { ST(out, out_at + IN_CHANNEL(i), dtype, (X(IN_CHANNEL(i)) - mean) * scale + shift); }
        if (LOCAL_ID == 0) {
            ST(means, means_at + c, dtype, mean);
            ST(variances, variances_at + c, dtype, variance);
        }
    }
}

KERNEL(batch_norm_backward, (CONST_BYTES g, i64 g_at, CONST_BYTES x, i64 x_at, CONST_BYTES means, i64 means_at,
                             CONST_BYTES variances, i64 variances_at, CONST_BYTES weight, i64 weight_at, BYTES out,
                             i64 out_at, BYTES weight_out, i64 weight_out_at, BYTES bias_out, i64 bias_out_at,
                             i32 dtype, i64 channels, i64 n, i64 inner, R eps, i32 weighted)) {
    LOCAL_ARRAY(R, shared, LOCAL_SIZE);
    FOR_ROWS(c, channels) {
        R mean = LD(means, means_at + c, dtype);
        R rstd = 1 / sqrt(LD(variances, variances_at + c, dtype) + eps);
        R sum = 0;
        R along = 0;
        FOR_ROW(i, n) {
            R slope = G(IN_CHANNEL(i));
            sum += slope;
            along += slope * ((X(IN_CHANNEL(i)) - mean) * rstd);
        }
        GROUP_ALL(sum, sum_of, sum)
        GROUP_ALL(along, sum_of, along)
        R scale = weighted ? rstd * LD(weight, weight_at + c, dtype) : rstd;
        FOR_ROW(i, n) {
            R hat = (X(IN_CHANNEL(i)) - mean) * rstd;
            ST(out, out_at + IN_CHANNEL(i), dtype, scale * (G(IN_CHANNEL(i)) - sum / (R)n - hat * (along / (R)n)));
        }
        if (LOCAL_ID == 0) {
            ST(weight_out, weight_out_at + c, dtype, along);
            ST(bias_out, bias_out_at + c, dtype, sum);
        }
    }
}
