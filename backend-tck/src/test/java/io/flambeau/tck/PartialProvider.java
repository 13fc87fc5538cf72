package io.flambeau.tck;

import io.flambeau.tck.reference.ReferenceBackend;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Reduce;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.norm.Softmax;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Probe;
import io.flambeau.tensor.spi.View;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The backend {@code partial}: the reference backend without some dtypes, which fails when it is given one of them. */
public final class PartialProvider implements BackendProvider {
    static final Device DEVICE = new Device("partial", 0);

    private static final Set<DType> LACKING =
            EnumSet.of(DType.I8, DType.I16, DType.F16, DType.BF16, DType.F64, DType.C128);

    @Override
    public String name() {
        return "partial";
    }

    @Override
    public int priority() {
        return -5;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of("without some dtypes"));
    }

    @Override
    public Backend open() {
        Backend reference = new ReferenceBackend();
        return (Backend) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Backend.class},
                (proxy, method, arguments) -> call(reference, method, arguments));
    }

    private static Object call(Backend reference, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "supports" -> {
                return !LACKING.contains((DType) arguments[0]);
            }
            // It can convert one of them, as devices often can.
            case "converts" -> {
                return arguments[0] == DType.BF16 || !LACKING.contains((DType) arguments[0]);
            }
            case "kernel" -> {
                return kernel(reference, arguments);
            }
            case "cast" -> {
                refuse(arguments, DType.BF16);
            }
            default -> refuse(arguments, null);
        }
        try {
            return method.invoke(reference, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void refuse(Object[] arguments, DType but) {
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            for (Object view : argument instanceof View[] views ? views : new Object[] {argument}) {
                if (view instanceof View x && x.dtype() != but && LACKING.contains(x.dtype())) {
                    throw new AssertionError("the backend was given " + x);
                }
            }
        }
    }

    private static Kernel kernel(Backend backend, Object[] arguments) {
        Spec[] in = (Spec[]) arguments[1];
        for (Spec spec : in) {
            if (LACKING.contains(spec.dtype())) {
                throw new AssertionError("a kernel was asked for with " + spec);
            }
        }
        return arguments[0] instanceof Softmax softmax
                        && in[0].shape().rank() > 0
                        && in[0].shape().count() > 0
                ? (x, out) -> softmax(backend, softmax.axis(), x[0], out[0])
                : null;
    }

    private static void softmax(Backend backend, int axis, View x, View out) {
        refuse(new Object[] {x, out}, null);
        View row = View.contiguous(
                x.storage().sibling(x.shape().count() * 4, "softmax"),
                x.dtype(),
                x.shape().with(axis, 1));
        long[] strides = row.strides().clone();
        strides[axis] = 0;
        View rows = row.with(x.shape(), strides, 0);
        backend.reduce(new Reduce(Reduce.Kind.MAX, 1L << axis), x, row);
        backend.binary(Binary.SUB, x, rows, out);
        backend.unary(Unary.EXP, out, out);
        backend.reduce(new Reduce(Reduce.Kind.SUM, 1L << axis), out, row);
        backend.binary(Binary.DIV, out, rows, out);
    }
}
