package io.flambeau.io.internal.zip;

/**
 * One file of an archive, as its central directory and its local header both say.
 *
 * @param crc the CRC-32 of the content; 0 where the writer did not compute one
 * @param header where the local header begins
 * @param data where the content begins
 */
public record ZipEntry(
        String name, boolean deflated, int crc, long compressedSize, long size, long header, long data) {}
