package io.flambeau.tensor.op;

/** Turns the Java name of an operation into the name that users know. */
final class Titles {
    private Titles() {}

    /** {@code Softmax} becomes softmax, {@code LOG_SOFTMAX} becomes logSoftmax. */
    static String of(Op op) {
        return op instanceof Enum<?> constant
                ? camel(constant.name())
                : decapitalised(op.getClass().getSimpleName());
    }

    static String camel(String constant) {
        StringBuilder text = new StringBuilder();
        boolean up = false;
        for (int i = 0; i < constant.length(); i++) {
            char c = constant.charAt(i);
            if (c == '_') {
                up = true;
            } else {
                text.append(up ? c : Character.toLowerCase(c));
                up = false;
            }
        }
        return text.toString();
    }

    private static String decapitalised(String name) {
        return name.isEmpty() ? "operation" : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
