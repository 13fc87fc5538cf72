package io.flambeau.optim.schedule;

import io.flambeau.optim.ParamGroup;
import java.util.List;

/** The momentum of a group, which some optimizers call their first beta. */
final class Momentum {
    private Momentum() {}

    static void set(ParamGroup group, double value) {
        if (group.has("betas")) {
            group.set("betas", List.of(value, group.real("betas", 1)));
        } else if (group.has("momentum")) {
            group.set("momentum", value);
        }
    }
}
