package io.flambeau.tensor.spi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory behind a scope: the storages made by one thread between its opening and its closing. */
public final class Region implements AutoCloseable {
    private final String name;
    private final Local local;
    private final @Nullable Region outer;
    final boolean none;
    private Storage[] made = new Storage[16];
    private int count;
    private boolean closed;

    private Region(String name, Local local, boolean none) {
        this.name = name;
        this.local = local;
        this.outer = local.top;
        this.none = none;
    }

    /** Opens a region on this thread, inside the one that is open now. */
    public static Region open(String name) {
        Local local = Local.current();
        Region region = new Region(name, local, false);
        local.top = region;
        return region;
    }

    /** Opens a region that owns nothing: what is made inside belongs to no scope. */
    public static Region none() {
        Local local = Local.current();
        Region region = new Region("none", local, true);
        local.top = region;
        return region;
    }

    /** Whether this thread has an open region that owns what is made now. */
    public static boolean isOpen() {
        Region top = Local.current().top;
        return top != null && !top.none;
    }

    public String name() {
        return name;
    }

    @Nullable Region outer() {
        return outer;
    }

    /** The storages that this region still owns. */
    List<Storage> owned() {
        List<Storage> owned = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (made[i].region == this) {
                owned.add(made[i]);
            }
        }
        return owned;
    }

    Thread thread() {
        return local.thread;
    }

    boolean foreign() {
        return local.thread != Thread.currentThread();
    }

    void adopt(Storage storage) {
        storage.region = this;
        if (count == made.length) {
            made = Arrays.copyOf(made, 2 * count);
        }
        made[count++] = storage;
    }

    /** Moves a storage of this region, or of one inside it, to the region outside; to the net where there is none. */
    public void keep(Storage storage) {
        Region owner = storage.region;
        if (owner == null) {
            storage.unorphan();
        } else if (owner == this || owner.isInside(this)) {
            promote(storage, outer);
        }
    }

    private boolean isInside(Region other) {
        Region r = outer;
        while (r != null && r != other) {
            r = r.outer;
        }
        return r == other;
    }

    /** Whether the storage goes back when this region closes. */
    public boolean owns(Storage storage) {
        return storage.region == this;
    }

    /** Returns a storage of this region before its close, unless someone holds it. */
    public void free(Storage storage, String why) {
        if (storage.region == this && !storage.isHeld()) {
            storage.region = null;
            storage.release(why);
        }
    }

    /** Takes a storage out of all regions, so that any thread may use it and the net returns it. */
    public static void share(Storage storage) {
        if (storage.region != null) {
            storage.leave();
        }
    }

    private static void promote(Storage storage, @Nullable Region to) {
        if (to == null || to.none) {
            storage.leave();
        } else {
            to.adopt(storage);
        }
    }

    /** Returns what is not kept; regions opened inside and forgotten are closed first. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        while (local.top != null && local.top != this) {
            local.top.close();
        }
        closed = true;
        local.top = outer;
        String why = "when scope \"" + name + "\" closed; keep it with scope.keep(tensor)";
        for (int i = 0; i < count; i++) {
            Storage storage = made[i];
            if (storage.region == this) {
                if (storage.isHeld()) {
                    storage.orphaned(why);
                } else {
                    storage.region = null;
                    storage.release(why);
                }
            }
        }
        made = new Storage[0];
        count = 0;
    }
}
