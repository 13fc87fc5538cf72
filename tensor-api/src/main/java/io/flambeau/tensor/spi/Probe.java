package io.flambeau.tensor.spi;

import java.util.List;

/** What a backend's provider found when it looked for its devices. */
public sealed interface Probe {
    /**
     * The backend can be opened.
     *
     * @param devices one line for each device, shown by {@code flambeau devices}
     */
    record Available(List<String> devices) implements Probe {}

    /**
     * The backend cannot be used here.
     *
     * @param step what was tried, for example {@code load libcuda.so.1}
     * @param code what it answered, for example {@code not found}
     * @param found what is there
     * @param needed what would be needed
     * @param remedy what the user can do
     */
    record Unavailable(String step, String code, String found, String needed, String remedy) implements Probe {
        @Override
        public String toString() {
            return step + ": " + code + "; found " + found + ", needed " + needed + "; " + remedy;
        }
    }
}
