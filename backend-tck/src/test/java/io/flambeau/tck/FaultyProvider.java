package io.flambeau.tck;

import io.flambeau.tck.reference.ReferenceBackend;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.op.Binary;
import io.flambeau.tensor.op.Unary;
import io.flambeau.tensor.op.math.NanToNum;
import io.flambeau.tensor.op.norm.Softmax;
import io.flambeau.tensor.spi.Backend;
import io.flambeau.tensor.spi.BackendProvider;
import io.flambeau.tensor.spi.Kernel;
import io.flambeau.tensor.spi.Probe;
import io.flambeau.tensor.spi.View;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** The backend {@code faulty}: the reference backend with one fault for each law to catch. */
public final class FaultyProvider implements BackendProvider {
    static final Device DEVICE = new Device("faulty", 0);

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public int priority() {
        return -4;
    }

    @Override
    public Probe probe() {
        return new Probe.Available(List.of("wrong on purpose"));
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
        if (method.getName().equals("kernel")) {
            return arguments[0] instanceof Softmax ? (Kernel) FaultyProvider::ones : null;
        }
        Object[] faulty = switch (arguments == null ? null : arguments[0]) {
            // A wrong function, for the comparison with the reference.
            case Unary op when op == Unary.SIN -> with(arguments, 0, Unary.COS);
            // Strides are not looked at.
            case Unary op when op == Unary.ABS -> with(arguments, 1, dense((View) arguments[1]));
            case null, default -> arguments;
        };
        try {
            Object result = method.invoke(reference, faulty);
            // A maximum that is NaN becomes 0.
            if (arguments != null && arguments[0] == Binary.MAXIMUM) {
                View out = (View) arguments[3];
                reference.pointwise(new NanToNum(0, 1, -1), new View[] {out}, out);
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object[] with(Object[] arguments, int place, Object other) {
        Object[] changed = arguments.clone();
        changed[place] = other;
        return changed;
    }

    private static View dense(View x) {
        return x.with(x.shape(), x.shape().contiguousStrides(), x.offset());
    }

    private static void ones(View[] in, View[] out) {
        new ReferenceBackend().fill(Scalar.ONE, out[0]);
    }
}
