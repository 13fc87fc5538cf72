package io.flambeau.tensor;

/**
 * The codes that end every error message, one constant per kind of fault.
 *
 * <p>Each code is an anchor in {@code docs/errors.md}, where its cause and its cure are explained; a test keeps the two
 * sets equal. 1xx: the call is wrong; 2xx: memory; 3xx: gradients; 4xx: backends; 5xx: files; 6xx: state dicts and
 * training.
 */
public enum Fault {
    /** A size is negative, or the product of sizes does not fit into 63 bits. */
    BAD_SHAPE(101),
    /** An axis lies outside the tensor's rank, or is named twice. */
    BAD_AXIS(102),
    /** Two shapes that must be equal, or of equal rank, are not. */
    SHAPE_MISMATCH(103),
    /** Two shapes do not broadcast. */
    NO_BROADCAST(104),
    /** The number of elements does not fit the requested shape. */
    BAD_RESHAPE(105),
    /** The strides do not allow a view of the requested shape. */
    NOT_VIEWABLE(106),
    /** An index lies outside its axis. */
    INDEX_RANGE(107),
    /** An argument has a value that the operation does not allow. */
    BAD_ARGUMENT(108),
    /** A reduction without an identity was asked of no elements. */
    EMPTY_REDUCTION(109),
    /** The operation is not defined for this dtype. */
    BAD_DTYPE(120),
    /** Two dtypes that must be equal are not. */
    DTYPE_MISMATCH(121),
    /** The result's dtype cannot be written into the destination. */
    BAD_RESULT_DTYPE(122),
    /** Tensors live on different devices. */
    DEVICE_MISMATCH(130),
    /** The device does not compute in this dtype, nor in a wider one. */
    DEVICE_DTYPE(131),
    /** A matrix is singular, not positive definite, or an algorithm did not converge. */
    NUMERIC(140),
    /** The value of a tensor was asked for while tracing or batching. */
    NO_VALUE(150),
    /** A tensor was used after its memory went back. */
    RELEASED(201),
    /** A scope's tensor was used by another thread. */
    WRONG_THREAD(202),
    /** The device has no memory left. */
    OUT_OF_MEMORY(203),
    /** A write would change elements that share memory. */
    OVERLAP(204),
    /** A value that a gradient needs was overwritten. */
    OVERWRITTEN(301),
    /** A leaf that requires grad was written in place. */
    LEAF_WRITE(302),
    /** The saved values of a graph were already freed. */
    GRAPH_FREED(303),
    /** Nothing to differentiate: no history, no seed, or an unused input. */
    NO_GRAPH(304),
    /** A gradient has another shape, dtype or count than its value. */
    BAD_GRADIENT(305),
    /** The operation has no derivative, or not for these arguments. */
    NOT_DIFFERENTIABLE(306),
    /** The gradient check found a difference. */
    GRADCHECK(307),
    /** A NaN appeared in a gradient while anomaly mode was on. */
    ANOMALY(308),
    /** In-place writes through this kind of view cannot be differentiated. */
    VIEW_WRITE(309),
    /** No backend was found, or none is usable. */
    NO_BACKEND(401),
    /** The autograd module is missing. */
    NO_AUTOGRAD(402),
    /** A backend failed. */
    BACKEND_FAILED(403),
    /** A device gives other results than the reference backend. */
    BACKEND_DIFFERS(404),
    /** Work cannot be captured, or not be replayed. */
    NOT_CAPTURABLE(405),
    /** A file is not of the format it claims, or is damaged. */
    BAD_FILE(501),
    /** A file could not be read or written. */
    FILE_IO(502),
    /** A file asks for something that is refused for safety. */
    UNSAFE_FILE(503),
    /** The entries of a state dict do not fit the module or optimizer. */
    STATE_DICT(601),
    /** A data loader or worker failed. */
    DATA(602),
    /** A module or optimizer is used in a wrong state. */
    BAD_STATE(603);

    private final int number;

    Fault(int number) {
        this.number = number;
    }

    /** The code as messages show it, for example {@code FB-104}. */
    public String code() {
        return "FB-" + number;
    }
}
