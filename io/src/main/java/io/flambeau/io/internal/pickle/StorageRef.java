package io.flambeau.io.internal.pickle;

import io.flambeau.io.internal.StoredType;

/**
 * The name of a run of elements that lies beside the pickle.
 *
 * @param key the storage's name in the file
 * @param type the type of its elements; U8 for storages without a type
 * @param count the elements of the whole storage
 * @param start where the referred part of it begins; only the legacy format has parts
 * @param length the elements of the part
 */
public record StorageRef(String key, StoredType type, long count, long start, long length) {}
