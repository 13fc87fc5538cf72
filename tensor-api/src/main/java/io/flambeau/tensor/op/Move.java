package io.flambeau.tensor.op;

import io.flambeau.tensor.Device;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.Tensor;

/** The same values on another device, by way of the host. */
public record Move(Device to) implements HostOp {
    @Override
    public String title() {
        return "to";
    }

    @Override
    public Spec[] infer(Spec[] in) {
        return new Spec[] {new Spec(in[0].shape(), in[0].dtype(), to)};
    }

    /** Never called: the eager interpreter moves bytes without widening them. */
    @Override
    public HostArray[] run(HostArray[] in) {
        return in;
    }

    @Override
    public Pullback pullback(Tensor[] in, Tensor[] out) {
        Device from = in[0].device();
        return Pullback.of((g, s) -> g.to(from));
    }
}
