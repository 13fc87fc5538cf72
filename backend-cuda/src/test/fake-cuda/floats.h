// The floating types of narrow elements, with arithmetic in float.
#pragma once
#include <cstring>

struct Half {
    _Float16 value;
    operator float() const { return (float) value; }
    void operator=(float x) { value = (_Float16) x; }
};

struct Brain {
    unsigned short bits;
    operator float() const {
        unsigned wide = (unsigned) bits << 16;
        float x;
        memcpy(&x, &wide, 4);
        return x;
    }
    void operator=(float x) {
        unsigned wide;
        memcpy(&wide, &x, 4);
        bits = x != x ? 0x7FC0 : (unsigned short) ((wide + 0x7FFF + (wide >> 16 & 1)) >> 16);
    }
};

// As tensor cores read a float: ten bits of mantissa.
inline float tf32Of(float x) {
    unsigned bits;
    memcpy(&bits, &x, 4);
    bits = (bits + 0x1000) & 0xFFFFE000;
    memcpy(&x, &bits, 4);
    return x;
}
