package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.spi.View;
