package io.flambeau.tck.reference;

import java.util.Arrays;
import java.util.Comparator;

/** SORT: each row in stable order, NaN as the greatest value, both zeros equal. */
final class Sorting {
    private Sorting() {}

    static void sort(boolean descending, Elements x, long n, Elements values, Elements indices) {
        Comparator<Long> order =
                x.dtype().isFloating() ? (i, j) -> compare(x.real(i), x.real(j)) : Comparator.comparingLong(x::integer);
        for (long first = 0; first < x.count(); first += n) {
            Long[] row = new Long[(int) n];
            for (int i = 0; i < n; i++) {
                row[i] = first + i;
            }
            Arrays.sort(row, descending ? order.reversed() : order);
            for (int i = 0; i < n; i++) {
                values.copy(first + i, x, row[i]);
                indices.set(first + i, row[i] - first);
            }
        }
    }

    private static int compare(double a, double b) {
        return a == b ? 0 : Double.compare(a, b);
    }
}
