package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.AsStrided;
import io.flambeau.tensor.op.Derived;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.ViewOp;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The laws that compare one run of an operation with another; see {@link Law}. */
final class Laws {
    static final Set<DType> ALL = EnumSet.allOf(DType.class);
    static final Set<DType> REALS = EnumSet.of(DType.F16, DType.BF16, DType.F32, DType.F64);
    static final Set<DType> FLOATING = EnumSet.range(DType.F16, DType.C128);
    static final Set<DType> WIDE = EnumSet.of(DType.F64, DType.C128);
    static final Set<DType> ONE = EnumSet.of(DType.F32);
    /** One dtype for each size of an element. */
    static final Set<DType> SIZES = EnumSet.of(DType.BOOL, DType.F16, DType.F32, DType.I64, DType.C128);

    private static final Pattern MESSAGE = Pattern.compile("(?s)\\w+: .+ \\(FB-\\d{3}\\)");

    private Laws() {}

    static void specs(Case c) {
        Tensor[] out = c.run(c.inputs());
        Spec[] promised = c.promised();
        if (promised == null) {
            return;
        }
        if (out.length != promised.length) {
            throw new AssertionError(out.length + " outputs instead of " + promised.length);
        }
        for (int i = 0; i < out.length; i++) {
            if (!out[i].spec().equals(promised[i])) {
                throw new AssertionError("output " + i + " is " + out[i].spec() + " instead of " + promised[i]);
            }
        }
    }

    static void kernel(Case c) {
        if (c.op() instanceof Derived derived) {
            close(c, "", c.run(c.inputs()), Tensors.noGrad(() -> c.here(() -> derived.decompose(c.inputs()))));
        }
    }

    static void reference(Case c) {
        if (!c.device().equals(Case.REFERENCE)) {
            Case definition = c.on(Case.REFERENCE);
            close(c, "", c.run(c.inputs()), definition.run(definition.inputs()));
        }
    }

    /** Views of memory show what lies there, and some layouts allow no view; both is what they promise. */
    static void strides(Case c) {
        if (c.op() instanceof AsStrided) {
            return;
        }
        Tensor[] in = c.inputs();
        Tensor[] packed = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            packed[i] = in[i].contiguous();
        }
        try {
            close(c, "", c.run(in), c.run(packed));
        } catch (ShapeException e) {
            if (e.fault() != Fault.NOT_VIEWABLE || !(c.op() instanceof ViewOp)) {
                throw e;
            }
        }
    }

    static void replay(Case c) {
        if (c.op() instanceof HostOp host && host.dataDependent()) {
            return;
        }
        Tensor[] expected = c.run(c.inputs());
        for (boolean decomposing : new boolean[] {false, true}) {
            Trace trace = c.here(() -> Trace.of(in -> Tensor.bindAll(c.op(), in), decomposing, c.specs()));
            Tensor[] out = c.here(() -> trace.replay(c.inputs()));
            close(c, decomposing ? "decomposed " : "", out, expected);
        }
    }

    /** Where the operation is not defined, it says so in the one form; the case is one of those. */
    static void failure(Case c) {
        try {
            c.op().infer(c.specs());
        } catch (TensorException e) {
            assertForm(e);
            if (c.sample().inputs().stream().anyMatch(input -> input.from() != null)) {
                return;
            }
            try {
                c.run(c.inputs());
            } catch (TensorException again) {
                if (!Objects.equals(again.getMessage(), e.getMessage())) {
                    throw new AssertionError(
                            "inferring says '" + e.getMessage() + "', running says '" + again.getMessage() + "'");
                }
                return;
            }
            throw new AssertionError("runs, although it should fail: " + e.getMessage());
        }
    }

    static void assertForm(TensorException e) {
        if (!MESSAGE.matcher(e.getMessage()).matches()) {
            throw new AssertionError(
                    "the message '" + e.getMessage() + "' is not of the form 'operation: what is wrong" + " (FB-nnn)'");
        }
    }

    static void close(Case c, String what, Tensor[] actual, Tensor[] expected) {
        if (actual.length != expected.length) {
            throw new AssertionError(what + actual.length + " outputs instead of " + expected.length);
        }
        for (int i = 0; i < actual.length; i++) {
            Comparison.assertClose(what + "output " + i, actual[i], expected[i], Tolerances.of(c.op()));
        }
    }
}
