package io.flambeau.tensor.spi;

/**
 * What the iteration for eigenvalues or singular values does to the rows of a matrix of vectors. The iteration never
 * reads the vectors, so a kernel may gather many steps before it takes them.
 */
public interface RowSteps {
    /** For values without vectors. */
    RowSteps NONE = new RowSteps() {
        @Override
        public void rotate(int x, int y, double c, double s) {}

        @Override
        public void swap(int x, int y) {}

        @Override
        public void negate(int x) {}
    };

    /** Rows x and y become c x + s y and c y - s x. */
    void rotate(int x, int y, double c, double s);

    void swap(int x, int y);

    void negate(int x);
}
