namespace RnnGen.Formats.C;

/// <summary>The functions of vectors that a C file calls: those that it calls are written, for a compiler warns of others.</summary>
internal sealed class CFunctions
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["product"] = """
            /* y = W x; W has rows of columns values. */
            static void product(float *y, const float *w, int rows, int columns, const float *x)
            {
                for (int row = 0; row < rows; row++) {
                    float sum = 0.0f;
                    for (int column = 0; column < columns; column++)
                        sum += w[row * columns + column] * x[column];
                    y[row] = sum;
                }
            }
            """,
        ["add"] = """
            static void add(float *y, const float *a, const float *b, int count)
            {
                for (int i = 0; i < count; i++)
                    y[i] = a[i] + b[i];
            }
            """,
        ["multiply"] = """
            static void multiply(float *y, const float *a, const float *b, int count)
            {
                for (int i = 0; i < count; i++)
                    y[i] = a[i] * b[i];
            }
            """,
        ["one_minus"] = """
            static void one_minus(float *y, const float *x, int count)
            {
                for (int i = 0; i < count; i++)
                    y[i] = 1.0f - x[i];
            }
            """,
        ["clip"] = """
            static void clip(float *y, const float *x, float limit, int count)
            {
                for (int i = 0; i < count; i++)
                    y[i] = x[i] > limit ? limit : x[i] < -limit ? -limit : x[i];
            }
            """,
        ["normalize"] = """
            /* y = (x - mean) / sqrt(variance + 1e-5) */
            static void normalize(float *y, const float *x, int count)
            {
                float mean = 0.0f, variance = 0.0f;
                for (int i = 0; i < count; i++)
                    mean += x[i];
                mean /= (float)count;
                for (int i = 0; i < count; i++)
                    variance += (x[i] - mean) * (x[i] - mean);
                variance /= (float)count;
                for (int i = 0; i < count; i++)
                    y[i] = (x[i] - mean) / sqrtf(variance + 1e-5f);
            }
            """,
        ["softmax"] = """
            static void softmax(float *y, const float *x, int count)
            {
                float largest = x[0], sum = 0.0f;
                for (int i = 1; i < count; i++)
                    if (x[i] > largest)
                        largest = x[i];
                for (int i = 0; i < count; i++) {
                    y[i] = expf(x[i] - largest);
                    sum += y[i];
                }
                for (int i = 0; i < count; i++)
                    y[i] /= sum;
            }
            """,
        ["relu"] = Elementwise("relu", "x[i] > 0.0f ? x[i] : 0.0f"),
        ["tanh_of"] = Elementwise("tanh_of", "tanhf(x[i])"),
        ["sigmoid"] = Elementwise("sigmoid", "1.0f / (1.0f + expf(-x[i]))"),
        ["softplus"] = Elementwise("softplus", "(x[i] > 0.0f ? x[i] : 0.0f) + log1pf(expf(-fabsf(x[i])))"),
        ["softsign"] = Elementwise("softsign", "x[i] / (1.0f + fabsf(x[i]))"),
        ["gelu"] = Elementwise("gelu", "0.5f * x[i] * (1.0f + erff(0.70710678f * x[i]))"),
        ["swish"] = Elementwise("swish", "x[i] / (1.0f + expf(-x[i]))"),
        ["leaky_relu"] = Elementwise("leaky_relu", "x[i] > 0.0f ? x[i] : alpha * x[i]", ", float alpha"),
        ["elu"] = Elementwise("elu", "x[i] > 0.0f ? x[i] : alpha * expm1f(x[i])", ", float alpha"),
        ["affine"] = Elementwise("affine", "alpha * x[i] + beta", ", float alpha, float beta"),
        ["hard_sigmoid"] = """
            static void hard_sigmoid(float *y, const float *x, int count, float alpha, float beta)
            {
                for (int i = 0; i < count; i++) {
                    float line = alpha * x[i] + beta;
                    y[i] = line < 0.0f ? 0.0f : line > 1.0f ? 1.0f : line;
                }
            }
            """,
    };

    private readonly HashSet<string> _called = new(StringComparer.Ordinal);

    /// <summary>Their texts.</summary>
    public IEnumerable<string> Called => Texts.Where(function => _called.Contains(function.Key)).Select(function => function.Value);

    /// <summary>Whether one of them needs the mathematical library.</summary>
    public bool NeedsMath => Called.Any(text => text.Contains("f(", StringComparison.Ordinal) && new[] { "expf(", "tanhf(", "sqrtf(", "fabsf(", "erff(", "expm1f(" }.Any(name => text.Contains(name, StringComparison.Ordinal)));

    /// <summary>A call of a function, which will be written.</summary>
    public string Call(string function, params IEnumerable<string> arguments)
    {
        _called.Add(function);
        return $"{function}({string.Join(", ", arguments)});";
    }

    private static string Elementwise(string name, string value, string more = "") => $$"""
        static void {{name}}(float *y, const float *x, int count{{more}})
        {
            for (int i = 0; i < count; i++)
                y[i] = {{value}};
        }
        """;
}
