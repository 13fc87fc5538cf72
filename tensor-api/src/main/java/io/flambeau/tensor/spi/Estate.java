package io.flambeau.tensor.spi;

import java.lang.ref.PhantomReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a thread that has ended leaves: scopes it never closed, and free blocks it kept. */
final class Estate extends PhantomReference<Local.Owner> implements Dead {
    private static final Set<Estate> ALL = ConcurrentHashMap.newKeySet();

    private final Local local;

    private Estate(Local.Owner owner, Local local) {
        super(owner, Lease.DEAD);
        this.local = local;
    }

    static void of(Local.Owner owner, Local local) {
        ALL.add(new Estate(owner, local));
    }

    @Override
    public void settle(Local heir) {
        ALL.remove(this);
        while (local.top != null) {
            local.top.close();
        }
        local.flush();
    }
}
