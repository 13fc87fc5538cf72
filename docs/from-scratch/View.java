/** Memory seen through a shape, strides and an offset: all that a kernel is given. Strides may be 0. */
record View(float[] data, int[] shape, int[] strides, int offset) {
    /** Fresh memory, row by row. */
    static View dense(int... shape) {
        int[] strides = new int[shape.length];
        int count = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = count;
            count *= shape[axis];
        }
        return new View(new float[count], shape, strides, 0);
    }

    int count() {
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        return count;
    }

    /** Element i, counted row by row, whatever the strides are. */
    float get(int i) {
        return data[at(i)];
    }

    void set(int i, float value) {
        data[at(i)] = value;
    }

    private int at(int i) {
        int at = offset;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            at += i % shape[axis] * strides[axis];
            i /= shape[axis];
        }
        return at;
    }
}
