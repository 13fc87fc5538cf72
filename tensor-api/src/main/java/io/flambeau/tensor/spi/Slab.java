package io.flambeau.tensor.spi;

/**
 * A large block of device memory, as a backend gives it. The API slices it; only the backend knows what the handle is.
 *
 * @param handle the backend's own object for this memory
 * @param base the address of the first byte, or 0 where the device has no addresses
 * @param bytes the size
 */
public record Slab(Object handle, long base, long bytes) {}
