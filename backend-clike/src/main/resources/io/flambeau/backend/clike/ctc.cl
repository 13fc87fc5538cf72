/* The CTC loss and its gradient. A group takes a sample, its items the labels: the target with a blank before, between and
 * after its elements. Probabilities are logarithms; alpha has those of all beginnings that end at a time with a label, beta
 * those of all endings. Operands are contiguous. */
#if IS_REAL
#define OPERANDS_OF_LOSS                                                                                              \
    CONST_BYTES logs, i64 logs_at, CONST_BYTES targets, i64 targets_at, CONST_BYTES spans, i64 spans_at,              \
        CONST_BYTES lengths, i64 lengths_at, BYTES out, i64 out_at, i32 dtype, i64 times, i64 samples, i64 classes,   \
        i64 width, i32 padded, i64 blank, BYTES scratch, GLOBAL_PTR(i64) status, i64 bad_length,                      \
        GLOBAL_PTR(i64) same_status, i64 bad_target
#define LOG(t, label) ((W)LD(logs, logs_at + ((t) * samples + n) * classes + (label), dtype))
#define LABEL(s) label_of(target, s, blank, classes)
#define SKIPS(s) ((s) >= 2 && LABEL(s) != LABEL((s) - 2))
#define MOST (2 * width + 1)

/* What is no class is taken for the blank; it was complained of. */
INLINE i64 label_of(GLOBAL_PTR(const i64) target, i64 s, i64 blank, i64 classes) {
    i64 label = s % 2 == 0 ? blank : target[s / 2];
    return label >= 0 && label < classes ? label : blank;
}

INLINE W likelihood(GLOBAL_PTR(const W) alpha, i64 span, i64 count, i64 most) {
    if (span == 0) {
        return count == 1 ? 0 : -W_INFINITY;
    }
    W end = alpha[(span - 1) * most + count - 1];
    return count == 1 ? end : w_log_add_exp(end, alpha[(span - 1) * most + count - 2]);
}

/* Sample n: its span of times, its target, and the count of its labels. A sample that does not fit is empty. */
#define SAMPLE                                                                                                        \
    i64 span = ((GLOBAL_PTR(const i64))spans)[spans_at + n];                                                          \
    i64 length = ((GLOBAL_PTR(const i64))lengths)[lengths_at + n];                                                    \
    i64 from = padded ? n * width : 0;                                                                                \
    for (i64 i = 0; i < n && !padded; i++) {                                                                          \
        from += ((GLOBAL_PTR(const i64))lengths)[lengths_at + i];                                                     \
    }                                                                                                                 \
    i64 room = padded ? width : width - from;                                                                         \
    if (span < 0 || span > times || length < 0 || length > room || from < 0) {                                        \
        fault(status, bad_length, n);                                                                                 \
        span = 0;                                                                                                     \
        length = 0;                                                                                                   \
        from = 0;                                                                                                     \
    }                                                                                                                 \
    i64 count = 2 * length + 1;                                                                                       \
    GLOBAL_PTR(const i64) target = (GLOBAL_PTR(const i64))targets + targets_at + from;                                \
    for (i64 i = LOCAL_ID; i < length; i += LOCAL_COUNT) {                                                            \
        if (target[i] < 0 || target[i] >= classes) {                                                                  \
            fault(status, bad_target, target[i]);                                                                     \
        }                                                                                                             \
    }

#define FOR_LABELS(s) for (i64 s = LOCAL_ID; s < count; s += LOCAL_COUNT)

#define ALPHA                                                                                                         \
    for (i64 t = 0; t < times; t++) {                                                                                 \
        FOR_LABELS(s) {                                                                                               \
            if (t < span) {                                                                                           \
                GLOBAL_PTR(const W) last = alpha + (t - 1) * MOST;                                                    \
                W before = t > 0 ? last[s] : s < 2 ? 0 : -W_INFINITY;                                                 \
                before = t > 0 && s > 0 ? w_log_add_exp(before, last[s - 1]) : before;                                \
                before = t > 0 && SKIPS(s) ? w_log_add_exp(before, last[s - 2]) : before;                             \
                alpha[t * MOST + s] = before + LOG(t, LABEL(s));                                                      \
            }                                                                                                         \
        }                                                                                                             \
        GLOBAL_BARRIER;                                                                                               \
    }

KERNEL(ctc_loss, (OPERANDS_OF_LOSS)) {
    for (i64 n = GROUP_ID; n < samples; n += GROUP_COUNT) {
        SAMPLE
        GLOBAL_PTR(W) alpha = (GLOBAL_PTR(W))scratch + n * times * MOST;
        ALPHA
        if (LOCAL_ID == 0) {
            ST(out, out_at + n, dtype, (R)-likelihood(alpha, span, count, MOST));
        }
    }
}

/* Classes that are no label have no share; each label that stands at several places is done at the first. */
KERNEL(ctc_loss_backward, (CONST_BYTES g, i64 g_at, OPERANDS_OF_LOSS)) {
    for (i64 n = GROUP_ID; n < samples; n += GROUP_COUNT) {
        SAMPLE
        GLOBAL_PTR(W) alpha = (GLOBAL_PTR(W))scratch + 2 * n * times * MOST;
        GLOBAL_PTR(W) beta = alpha + times * MOST;
        ALPHA
        for (i64 i = 0; i < times; i++) {
            i64 t = times - 1 - i;
            FOR_LABELS(s) {
                if (t < span) {
                    bool ends = t == span - 1;
                    GLOBAL_PTR(const W) next = beta + (t + 1) * MOST;
                    W after = !ends ? next[s] : s >= count - 2 ? 0 : -W_INFINITY;
                    after = !ends && s + 1 < count ? w_log_add_exp(after, next[s + 1]) : after;
                    after = !ends && s + 2 < count && SKIPS(s + 2) ? w_log_add_exp(after, next[s + 2]) : after;
                    beta[t * MOST + s] = after + LOG(t, LABEL(s));
                }
            }
            GLOBAL_BARRIER;
        }
        W all = likelihood(alpha, span, count, MOST);
        W slope = (W)LD(g, g_at + n, dtype);
        for (i64 i = LOCAL_ID; i < times * classes; i += LOCAL_COUNT) {
            i64 t = i / classes;
            i64 at = (t * samples + n) * classes + i % classes;
            W log_of = LOG(t, i % classes);
            W value = slope * (exp(log_of) - exp(-W_INFINITY - all - log_of));
            ST(out, out_at + at, dtype, (R)(slope == 0 || t >= span ? 0 : value));
        }
        GLOBAL_BARRIER;
        FOR_LABELS(s) {
            i64 label = LABEL(s);
            bool first = slope != 0;
            for (i64 j = 0; j < s && first; j++) {
                first = LABEL(j) != label;
            }
            for (i64 t = 0; t < span && first; t++) {
                W through = -W_INFINITY;
                for (i64 j = s; j < count; j++) {
                    if (LABEL(j) == label) {
                        through = w_log_add_exp(through, alpha[t * MOST + j] + beta[t * MOST + j]);
                    }
                }
                W log_of = LOG(t, label);
                W value = slope * (exp(log_of) - exp(through - all - log_of));
                ST(out, out_at + (t * samples + n) * classes + label, dtype, (R)value);
            }
        }
    }
}
#endif
