package io.flambeau.backend.cpu.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * Makes kernels out of templates.
 *
 * <p>Note [Templates]: a template is a class whose static final fields come from its class data. Each kernel is a
 * hidden class of its own made from the template's bytes, so that to the compiler the operation and the element types
 * are constants and the profile is nobody else's: the loop costs what a loop written by hand costs, where an operation
 * passed as a variable costs many times that.
 */
public final class Specialiser {
    private Specialiser() {}

    /** An instance of a copy of {@code template}, which has a constructor without parameters, with this class data. */
    public static <T> T specialise(
            MethodHandles.Lookup lookup, Class<? extends T> template, Class<T> type, Object... data) {
        return define(lookup, bytes(template), type, data);
    }

    /** An instance of the class of these bytes, beside the class of the lookup, with this class data. */
    public static <T> T define(MethodHandles.Lookup lookup, byte[] bytes, Class<T> type, Object... data) {
        try {
            MethodHandles.Lookup hidden = lookup.defineHiddenClassWithClassData(bytes, List.of(data), true);
            return type.cast(hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
                    .invoke());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes of a class's file. */
    public static byte[] bytes(Class<?> type) {
        String name = type.getName();
        return bytes(type, name.substring(name.lastIndexOf('.') + 1));
    }

    /** The bytes of the file of the class with this simple name beside another. */
    public static byte[] bytes(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The {@code index}-th piece of a template's class data; in the template itself, which never runs, an error. */
    public static <T> T data(MethodHandles.Lookup lookup, Class<T> type, int index) {
        try {
            return MethodHandles.classDataAt(lookup, "_", type, index);
        } catch (IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
