package io.flambeau.tck;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import io.flambeau.tensor.op.HostOp;
import io.flambeau.tensor.op.Op;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A sample in one dtype and layout on one device.
 *
 * @param sample what is called
 * @param dtype the dtype under test
 * @param layout how the inputs lie in memory
 * @param device where it runs
 */
record Case(Sample sample, DType dtype, Layout layout, Device device) {
    static final Device REFERENCE = new Device("reference", 0);

    Op op() {
        return sample.maker().of(dtype, device);
    }

    /** The specs of the inputs on this case's device. */
    Spec[] specs() {
        Spec[] specs = new Spec[sample.inputs().size()];
        for (int i = 0; i < specs.length; i++) {
            Input input = sample.inputs().get(i);
            specs[i] = new Spec(input.shape(), input.role().of(dtype), device);
        }
        return specs;
    }

    /** Fresh inputs, always the same values. */
    Tensor[] inputs() {
        Tensor[] in = new Tensor[sample.inputs().size()];
        for (int i = 0; i < in.length; i++) {
            Input input = sample.inputs().get(i);
            if (input.from() == null) {
                in[i] = placed(input.make(dtype, 31L * i + sample.seed()));
            }
        }
        return derived(in);
    }

    /** The inputs with those that follow from others formed anew, on the reference device. */
    Tensor[] derived(Tensor[] given) {
        Tensor[] in = given.clone();
        Tensor[] there = new Tensor[in.length];
        for (int i = 0; i < in.length; i++) {
            if (sample.inputs().get(i).from() == null) {
                there[i] = in[i].detach().to(REFERENCE);
            }
        }
        for (int i = 0; i < in.length; i++) {
            Input input = sample.inputs().get(i);
            Function<Tensor[], Tensor> from = input.from();
            if (from != null) {
                Tensor made = Tensors.withDevice(REFERENCE, () -> Tensors.noGrad(() -> from.apply(there)));
                in[i] = placed(made.to(input.role().of(dtype)));
            }
        }
        return in;
    }

    /** A tensor's values on this case's device and in its layout. */
    Tensor placed(Tensor x) {
        return layout.lay(x.to(device));
    }

    /** The operation run on inputs, with its device as the default one. */
    Tensor[] run(Tensor... in) {
        return here(() -> Tensor.bindAll(op(), in));
    }

    <T> T here(Supplier<T> body) {
        return Tensors.withDevice(device, body);
    }

    /** Whether the operation is defined for these inputs. */
    boolean isDefined() {
        try {
            op().infer(specs());
            return !sample.floating() || dtype.isDifferentiable();
        } catch (TensorException e) {
            return false;
        }
    }

    /** Whether the device can hold the inputs and, where the operation is defined, the outputs. */
    boolean isHeld() {
        return Stream.of(specs()).allMatch(spec -> device.supports(spec.dtype()))
                && (!isDefined() || Stream.of(op().infer(specs())).allMatch(spec -> device.supports(spec.dtype())));
    }

    /** The specs of the outputs, or null where they depend on the values. */
    Spec @Nullable [] promised() {
        Spec[] out = op().infer(specs());
        return op() instanceof HostOp host && host.dataDependent() ? null : out;
    }

    Case on(Device other) {
        return new Case(sample, dtype, layout, other);
    }

    Case as(Layout other) {
        return new Case(sample, dtype, other, device);
    }

    @Override
    public String toString() {
        return sample + " " + dtype + " " + layout.name().toLowerCase(Locale.ROOT);
    }
}
