/** Devices of any vendor through OpenCL, bound by JOCL. */
@NullMarked
package io.flambeau.backend.opencl;

import org.jspecify.annotations.NullMarked;
