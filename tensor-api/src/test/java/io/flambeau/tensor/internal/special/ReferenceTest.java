package io.flambeau.tensor.internal.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.flambeau.tensor.Complex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every special function against values computed elsewhere: test/resources/special says how. */
class ReferenceTest {
    private static final Map<String, DoubleUnaryOperator> UNARY = new TreeMap<>();
    private static final Map<String, DoubleBinaryOperator> BINARY = new TreeMap<>();
    private static final Map<String, UnaryOperator<Complex>> COMPLEX = new TreeMap<>();

    static {
        UNARY.put("erf", Erf::erf);
        UNARY.put("erfc", Erf::erfc);
        UNARY.put("erfcx", Erf::erfcx);
        UNARY.put("erfinv", Erf::erfinv);
        UNARY.put("ndtr", Normal::ndtr);
        UNARY.put("ndtri", Normal::ndtri);
        UNARY.put("logNdtr", Normal::logNdtr);
        UNARY.put("lgamma", Gamma::lgamma);
        UNARY.put("digamma", Gamma::digamma);
        UNARY.put("trigamma", Gamma::trigamma);
        UNARY.put("j0", Bessel::j0);
        UNARY.put("j1", Bessel::j1);
        UNARY.put("y0", Bessel::y0);
        UNARY.put("y1", Bessel::y1);
        UNARY.put("sphericalJ0", Bessel::sphericalJ0);
        UNARY.put("i0", ModifiedBessel::i0);
        UNARY.put("i0e", ModifiedBessel::i0e);
        UNARY.put("i1", ModifiedBessel::i1);
        UNARY.put("i1e", ModifiedBessel::i1e);
        UNARY.put("k0", ModifiedBessel::k0);
        UNARY.put("k0e", ModifiedBessel::k0e);
        UNARY.put("k1", ModifiedBessel::k1);
        UNARY.put("k1e", ModifiedBessel::k1e);
        UNARY.put("ai", Airy::ai);
        UNARY.put("asinh", Elementary::asinh);
        UNARY.put("acosh", Elementary::acosh);
        UNARY.put("atanh", Elementary::atanh);
        UNARY.put("entr", Elementary::entr);
        UNARY.put("logit", Elementary::logit);
        UNARY.put("sinc", Elementary::sinc);

        BINARY.put("polygamma", (n, x) -> Gamma.polygamma((int) n, x));
        BINARY.put("zeta", Gamma::zeta);
        BINARY.put("igamma", IncompleteGamma::igamma);
        BINARY.put("igammac", IncompleteGamma::igammac);
        BINARY.put("xlogy", Elementary::xlogy);
        BINARY.put("xlog1py", Elementary::xlog1py);
        BINARY.put("logAddExp", Elementary::logAddExp);
        BINARY.put("logAddExp2", Elementary::logAddExp2);
        BINARY.put("heaviside", Elementary::heaviside);
        BINARY.put("pow", Elementary::pow);
        BINARY.put("chebyshevT", Polynomials::chebyshevT);
        BINARY.put("chebyshevU", Polynomials::chebyshevU);
        BINARY.put("chebyshevV", Polynomials::chebyshevV);
        BINARY.put("chebyshevW", Polynomials::chebyshevW);
        BINARY.put("shiftedChebyshevT", Polynomials::shiftedChebyshevT);
        BINARY.put("shiftedChebyshevU", Polynomials::shiftedChebyshevU);
        BINARY.put("shiftedChebyshevV", Polynomials::shiftedChebyshevV);
        BINARY.put("shiftedChebyshevW", Polynomials::shiftedChebyshevW);
        BINARY.put("hermiteH", Polynomials::hermiteH);
        BINARY.put("hermiteHe", Polynomials::hermiteHe);
        BINARY.put("laguerreL", Polynomials::laguerreL);
        BINARY.put("legendreP", Polynomials::legendreP);

        COMPLEX.put("sqrt", Complex::sqrt);
        COMPLEX.put("exp", Complex::exp);
        COMPLEX.put("log", Complex::log);
        COMPLEX.put("sin", Complex::sin);
        COMPLEX.put("cos", Complex::cos);
        COMPLEX.put("tan", Complex::tan);
        COMPLEX.put("sinh", Complex::sinh);
        COMPLEX.put("cosh", Complex::cosh);
        COMPLEX.put("tanh", Complex::tanh);
        COMPLEX.put("asin", Complex::asin);
        COMPLEX.put("acos", Complex::acos);
        COMPLEX.put("atan", Complex::atan);
        COMPLEX.put("asinh", Complex::asinh);
        COMPLEX.put("acosh", Complex::acosh);
        COMPLEX.put("atanh", Complex::atanh);
        COMPLEX.put("expm1", Complex::expm1);
        COMPLEX.put("log1p", Complex::log1p);
        COMPLEX.put("reciprocal", Complex::reciprocal);
        COMPLEX.put("sigmoid", Complex::sigmoid);
        COMPLEX.put("sinc", Complex::sinc);
        COMPLEX.put("rsqrt", Complex::rsqrt);
        COMPLEX.put("exp2", Complex::exp2);
    }

    @TestFactory
    List<DynamicTest> realFunctions() {
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, List<String[]>> rows = rows("/special/real.csv");
        UNARY.forEach((name, f) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            for (String[] row : rows.remove(name)) {
                check(row, f.applyAsDouble(Double.parseDouble(row[1])));
            }
        })));
        BINARY.forEach((name, f) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            for (String[] row : rows.remove(name)) {
                double[] args = numbers(row[1]);
                check(row, f.applyAsDouble(args[0], args[1]));
            }
        })));
        tests.add(DynamicTest.dynamicTest(
                "every row was used", () -> assertThat(rows).isEmpty()));
        return tests;
    }

    @TestFactory
    List<DynamicTest> complexFunctions() {
        List<DynamicTest> tests = new ArrayList<>();
        Map<String, List<String[]>> rows = rows("/special/complex.csv");
        COMPLEX.forEach((name, f) -> tests.add(DynamicTest.dynamicTest(name, () -> {
            for (String[] row : rows.get(name)) {
                double[] z = numbers(row[1]);
                double[] expected = numbers(row[2]);
                Complex result = f.apply(new Complex(z[0], z[1]));
                double error = StrictMath.hypot(result.re() - expected[0], result.im() - expected[1]);
                assertThat(error)
                        .as("%s(%s): %s, not %s", name, row[1], result, row[2])
                        .isLessThanOrEqualTo(4e-15 * StrictMath.hypot(expected[0], expected[1]));
            }
        })));
        return tests;
    }

    @Test
    void signedZerosChooseTheSideOfABranchCut() {
        assertThat(new Complex(-4, 0.0).sqrt()).isEqualTo(new Complex(0, 2));
        assertThat(new Complex(-4, -0.0).sqrt()).isEqualTo(new Complex(0, -2));
        assertThat(new Complex(-1, -0.0).log()).isEqualTo(new Complex(0, -Math.PI));
        assertThat(new Complex(2, 0.0).asin().im()).isPositive();
        assertThat(new Complex(2, -0.0).asin().im()).isNegative();
        assertThat(new Complex(0.5, -0.0).acosh().im()).isNegative();
        assertThat(new Complex(0.0, 2).atan().re()).isPositive();
        assertThat(new Complex(-0.0, 2).atan().re()).isNegative();
    }

    @Test
    void nothingOverflowsBeforeTheResultDoes() {
        assertThat(new Complex(8e307, 8e307).over(new Complex(8e307, 8e307))).isEqualTo(Complex.ONE);
        assertThat(new Complex(1e308, 1e308).sqrt().isFinite()).isTrue();
        assertThat(new Complex(1e308, 1e308).log().re())
                .isEqualTo(StrictMath.log(1e308) + 0.5 * StrictMath.log(2), offset(1e-12));
        assertThat(new Complex(5e-324, 0).sqrt().re()).isEqualTo(StrictMath.sqrt(5e-324));
        assertThat(new Complex(1e300, 1e300).atanh().im()).isEqualTo(Math.PI / 2);
        assertThat(new Complex(1e300, -1e300).asinh().isFinite()).isTrue();
    }

    @Test
    void exponentAndMantissaRebuildTheNumber() {
        for (double x : new double[] {1, -3, 0.1, 5e-324, -1e-310, Double.MAX_VALUE, 0x1p-1022}) {
            double m = Elementary.mantissa(x);
            assertThat(Math.abs(m)).isBetween(0.5, Math.nextDown(1.0));
            assertThat(Math.scalb(m, Elementary.exponent(x))).isEqualTo(x);
        }
        assertThat(Elementary.mantissa(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Elementary.exponent(Double.NaN)).isZero();
        assertThat(Double.doubleToRawLongBits(Elementary.mantissa(-0.0))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void divisorsAndMultiples() {
        assertThat(Elementary.gcd(0, 0)).isZero();
        assertThat(Elementary.gcd(-4, 6)).isEqualTo(2);
        assertThat(Elementary.gcd(Long.MIN_VALUE, 2)).isEqualTo(2);
        assertThat(Elementary.lcm(6, -9)).isEqualTo(18);
        assertThat(Elementary.lcm(0, 5)).isZero();
    }

    private static void check(String[] row, double result) {
        double expected = Double.parseDouble(row[2]);
        double tolerance = Double.parseDouble(row[3]);
        String what = row[0] + "(" + row[1] + ")";
        if (tolerance == 0) {
            assertThat(result).as(what).isEqualTo(Double.valueOf(expected));
        } else {
            assertThat(Math.abs(result - expected))
                    .as("%s: %s, not %s", what, result, expected)
                    .isLessThanOrEqualTo(tolerance * Math.max(Math.abs(expected), oscillates(row[0]) ? 0.05 : 0));
        }
    }

    /** Near their zeros these are accurate in absolute terms, not relative. */
    private static boolean oscillates(String name) {
        return name.length() == 2 && "jy".indexOf(name.charAt(0)) >= 0 || name.equals("ai") || name.equals("digamma");
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static Map<String, List<String[]>> rows(String resource) {
        Map<String, List<String[]>> rows = new TreeMap<>();
        try (InputStream in = ReferenceTest.class.getResourceAsStream(resource)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    String[] row = line.split(";");
                    rows.computeIfAbsent(row[0], _ -> new ArrayList<>()).add(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
