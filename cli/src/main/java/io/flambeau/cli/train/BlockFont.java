package io.flambeau.cli.train;

import java.util.Map;

/** A font of 5 x 7 dots, so that pictures need no fonts of the system. */
final class BlockFont {
    /** Receives a dot. */
    @FunctionalInterface
    interface Dots {
        void set(int column, int row);
    }

    private static final int COLUMNS = 5;
    private static final int ROWS = 7;
    /** Seven rows of five bits each, the top row first. */
    private static final Map<Character, String> LETTERS = Map.ofEntries(
            Map.entry('0', "0E 11 13 15 19 11 0E"),
            Map.entry('1', "04 0C 04 04 04 04 0E"),
            Map.entry('2', "0E 11 01 02 04 08 1F"),
            Map.entry('3', "1F 02 04 02 01 11 0E"),
            Map.entry('4', "02 06 0A 12 1F 02 02"),
            Map.entry('5', "1F 10 1E 01 01 11 0E"),
            Map.entry('6', "06 08 10 1E 11 11 0E"),
            Map.entry('7', "1F 01 02 04 08 08 08"),
            Map.entry('8', "0E 11 11 0E 11 11 0E"),
            Map.entry('9', "0E 11 11 0F 01 02 0C"),
            Map.entry('.', "00 00 00 00 00 0C 0C"),
            Map.entry('A', "0E 11 11 1F 11 11 11"),
            Map.entry('C', "0E 11 10 10 10 11 0E"),
            Map.entry('E', "1F 10 10 1E 10 10 1F"),
            Map.entry('H', "11 11 11 1F 11 11 11"),
            Map.entry('L', "10 10 10 10 10 10 1F"),
            Map.entry('O', "0E 11 11 11 11 11 0E"),
            Map.entry('P', "1E 11 11 1E 10 10 10"),
            Map.entry('R', "1E 11 11 1E 14 12 11"),
            Map.entry('S', "0F 10 10 0E 01 01 1E"),
            Map.entry('U', "11 11 11 11 11 11 0E"),
            Map.entry('Y', "11 11 11 0A 04 04 04"));

    private BlockFont() {}

    /** Draws the text with dots of 1 pixel, doubled in both directions. */
    static void draw(String text, Dots dots) {
        for (int i = 0; i < text.length(); i++) {
            String rows = LETTERS.get(text.charAt(i));
            for (int row = 0; rows != null && row < ROWS; row++) {
                int bits = Integer.parseInt(rows.substring(row * 3, row * 3 + 2), 16);
                for (int column = 0; column < COLUMNS; column++) {
                    if ((bits >> (COLUMNS - 1 - column) & 1) != 0) {
                        int x = i * (COLUMNS + 1) * 3 / 2 + column * 3 / 2;
                        int y = row * 3 / 2;
                        dots.set(x, y);
                        dots.set(x + 1, y);
                        dots.set(x, y + 1);
                        dots.set(x + 1, y + 1);
                    }
                }
            }
        }
    }
}
