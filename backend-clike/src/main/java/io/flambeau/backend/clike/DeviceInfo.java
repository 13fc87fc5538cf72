package io.flambeau.backend.clike;

/**
 * What a device is and can do.
 *
 * @param title its name and version, for reports
 * @param capacity the bytes that may be taken altogether
 * @param doubles whether it computes in double precision
 * @param local work-items in the groups of elementwise kernels and reductions; a power of two
 * @param units how many groups run at once, about; grids are a small multiple of it
 */
public record DeviceInfo(String title, long capacity, boolean doubles, int local, int units) {}
