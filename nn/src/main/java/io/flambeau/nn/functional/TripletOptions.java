package io.flambeau.nn.functional;

import io.flambeau.tensor.op.loss.Reduction;

/**
 * How three points are compared.
 *
 * @param margin by how much the negative shall be farther than the positive
 * @param p the order of the norm
 * @param eps added to differences before their norm is taken
 * @param swap whether the positive may take the anchor's place where it is nearer to the negative
 * @param reduction how the losses become one
 */
public record TripletOptions(double margin, double p, double eps, boolean swap, Reduction reduction) {
    private static final TripletOptions DEFAULT = new TripletOptions(1, 2, 1e-6, false, Reduction.MEAN);

    public static TripletOptions options() {
        return DEFAULT;
    }

    public TripletOptions margin(double margin) {
        return new TripletOptions(margin, p, eps, swap, reduction);
    }

    public TripletOptions p(double p) {
        return new TripletOptions(margin, p, eps, swap, reduction);
    }

    public TripletOptions eps(double eps) {
        return new TripletOptions(margin, p, eps, swap, reduction);
    }

    public TripletOptions swap(boolean swap) {
        return new TripletOptions(margin, p, eps, swap, reduction);
    }

    public TripletOptions reduction(Reduction reduction) {
        return new TripletOptions(margin, p, eps, swap, reduction);
    }
}
