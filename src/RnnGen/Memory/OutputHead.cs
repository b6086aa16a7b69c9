using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>
/// The output activation: logits to outputs, and the gradient back. It works on rows of any length, never writes past their end, and gives the same bits
/// whatever the kernels' vector width: 128-bit vectors only, sums in element order. (Only a CPU without fused multiply-add differs: see <see cref="VectorMath"/>.)
/// </summary>
public static unsafe class OutputHead
{
    /// <summary>Turns one row of logits into outputs. A NaN stays a NaN.</summary>
    /// <param name="activation">What to apply.</param>
    /// <param name="logits">[<paramref name="n"/>].</param>
    /// <param name="outputs">Receives [<paramref name="n"/>]; may be <paramref name="logits"/>.</param>
    /// <param name="n">The length of the row.</param>
    public static void Apply(OutputActivation activation, float* logits, float* outputs, int n)
    {
        switch (activation)
        {
            case OutputActivation.Sigmoid:
                Map<Sigmoid>(logits, outputs, n, 0);
                break;
            case OutputActivation.Softmax:
                Softmax(logits, outputs, n);
                break;
            default:
                Copy(logits, outputs, n);
                break;
        }
    }

    /// <summary>Turns the gradient of one row of outputs into the gradient of its logits.</summary>
    /// <remarks>With p the outputs and dp their gradient: softmax <c>p ⊙ (dp − Σ dp·p)</c>, sigmoid <c>dp ⊙ p ⊙ (1 − p)</c>.</remarks>
    /// <param name="activation">What was applied.</param>
    /// <param name="outputs">What it gave, [<paramref name="n"/>].</param>
    /// <param name="outputGradients">Their gradient, [<paramref name="n"/>].</param>
    /// <param name="logitGradients">Receives [<paramref name="n"/>]; may be <paramref name="outputGradients"/>.</param>
    /// <param name="n">The length of the row.</param>
    public static void Gradient(OutputActivation activation, float* outputs, float* outputGradients, float* logitGradients, int n)
    {
        switch (activation)
        {
            case OutputActivation.Sigmoid:
                for (int i = 0; i < n; i++)
                {
                    logitGradients[i] = outputGradients[i] * outputs[i] * (1 - outputs[i]);
                }

                break;
            case OutputActivation.Softmax:
                double dot = 0;
                for (int i = 0; i < n; i++)
                {
                    dot += (double)outputGradients[i] * outputs[i];
                }

                for (int i = 0; i < n; i++)
                {
                    logitGradients[i] = (float)(outputs[i] * (outputGradients[i] - dot));
                }

                break;
            default:
                Copy(outputGradients, logitGradients, n);
                break;
        }
    }

    private static void Softmax(float* logits, float* outputs, int n)
    {
        // The largest logit is subtracted so that no exponential overflows. MathF.Max hands a NaN on; every output is then NaN.
        float max = float.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            max = MathF.Max(max, logits[i]);
        }

        Map<ExpOfDifference>(logits, outputs, n, max);

        // In double: the rounding of a long row's sum would otherwise be the largest error of all.
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += outputs[i];
        }

        for (int i = 0; i < n; i++)
        {
            outputs[i] = (float)(outputs[i] / sum);
        }
    }

    private static void Map<TOperation>(float* source, float* destination, int n, float operand)
        where TOperation : struct, IOperation
    {
        Vector128<float> operands = Vector128.Create(operand);
        int i = 0;
        for (; i <= n - Vector128<float>.Count; i += Vector128<float>.Count)
        {
            TOperation.Invoke(Vector128.Load(source + i), operands).Store(destination + i);
        }

        if (i < n)
        {
            // The rest goes through a buffer, so that nothing past the row is read or written.
            float* rest = stackalloc float[Vector128<float>.Count];
            new Span<float>(rest, Vector128<float>.Count).Clear();
            Copy(source + i, rest, n - i);
            TOperation.Invoke(Vector128.Load(rest), operands).Store(rest);
            Copy(rest, destination + i, n - i);
        }
    }

    private static void Copy(float* source, float* destination, int n) =>
        new ReadOnlySpan<float>(source, n).CopyTo(new Span<float>(destination, n));

    private interface IOperation
    {
        public static abstract Vector128<float> Invoke(Vector128<float> x, Vector128<float> operand);
    }

    private readonly struct Sigmoid : IOperation
    {
        public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> operand) => VectorMath.Sigmoid(x);
    }

    private readonly struct ExpOfDifference : IOperation
    {
        public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> operand) => VectorMath.Exp(x - operand);
    }
}
