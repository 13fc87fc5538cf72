package io.flambeau.io.internal;

/**
 * How much memory the parts of a file may take on Java's heap: twice its size, and a constant that is enough for some ten
 * thousand tensors or a hundred thousand names.
 *
 * <p>Note [Budget]: a tensor, a dictionary or an entry of an archive takes hundreds of bytes, and files can be written in
 * which one takes two. What training writes consists of large arrays, which go straight to memory outside the heap, and
 * stays far below. So readers that make objects as a file tells them to say what they cost before they make them, roughly
 * and rather too much.
 */
public final class Budget {
    /** What every file may take, however small. */
    public static final long FREE = 40 << 20;

    private final Source source;
    private long left;

    public Budget(Source source, long fileSize) {
        this.source = source;
        this.left = FREE + 2 * fileSize;
    }

    /** Takes bytes away, as long as there are some. */
    public void spend(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw source.bad("its many small parts would take more than twice its size in memory");
        }
    }
}
