package io.flambeau.backend.cpu.internal.fused;

import io.flambeau.backend.cpu.internal.Mem;
import io.flambeau.backend.cpu.internal.Panels;
import io.flambeau.backend.cpu.internal.Rows;

/**
 * The windows of padded images as the columns of a matrix that is never formed: panels are packed from the image
 * itself. Columns are places, image after image.
 *
 * @param images the first padded image, at the group's first channel
 * @param imageBytes from one image to the next
 * @param offsets of a window's elements
 */
record Columns(Geometry geometry, long images, long imageBytes, long[] offsets) implements Panels {
    @Override
    public void pack(long row, int depth, long col, int width, int cols, long to) {
        int places = geometry.places();
        long pitch = cols * 4L;
        for (int done = 0; done < width; ) {
            int place = (int) ((col + done) % places);
            long from = images + (col + done) / places * imageBytes + geometry.base(place);
            int run = Math.min(width - done, geometry.out[2] - place % geometry.out[2]);
            if (geometry.stride[2] == 1) {
                Rows.of().copy(depth, offsets, (int) row, from, run, to + done * 4L, pitch);
            } else {
                spaced(depth, (int) row, from, run, to + done * 4L, pitch);
            }
            done += run;
        }
        for (int k = 0; k < depth && width < cols; k++) {
            Mem.zero(to + k * pitch + width * 4L, (cols - width) * 4L);
        }
    }

    private void spaced(int depth, int row, long from, int run, long to, long pitch) {
        long step = geometry.stride[2] * 4L;
        for (int k = 0; k < depth; k++) {
            long source = from + offsets[row + k];
            long target = to + k * pitch;
            for (int j = 0; j < run; j++) {
                Mem.i32(target + j * 4L, Mem.i32(source + j * step));
            }
        }
    }
}
