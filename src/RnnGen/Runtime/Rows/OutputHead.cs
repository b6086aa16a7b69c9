using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <summary>
/// The output activation: logits to outputs, and the gradient back. It works on rows of any length, never writes past their end, and gives the same bits
/// whatever the kernels' vector width: 128-bit vectors only, sums in element order. (Only a CPU without fused multiply-add differs: see <see
/// cref="VectorMath"/>.)
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OutputHead
{
    /// <summary>Turns one row of logits into outputs. A NaN stays a NaN.</summary>
    /// <param name="activation">What to apply.</param>
    /// <param name="logits">[<paramref name="n"/>].</param>
    /// <param name="outputs">Receives [<paramref name="n"/>]; may be <paramref name="logits"/>.</param>
    /// <param name="n">The length of the row.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply(OutputActivation activation, ref float logits, ref float outputs, int n)
    {
        // Activation and size are constants of the caller: what is left of this, for most networks of audio and sensors, is one store.
        if (activation == OutputActivation.Identity && n == 1)
        {
            outputs = logits;
        }
        else
        {
            ApplyToRow(activation, ref logits, ref outputs, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyToRow(OutputActivation activation, ref float logits, ref float outputs, int n)
    {
        switch (activation)
        {
            case OutputActivation.Sigmoid:
                Map<Sigmoid>(ref logits, ref outputs, n, 0);
                break;
            case OutputActivation.Softmax:
                Softmax(ref logits, ref outputs, n);
                break;
            default:
                Copy(ref logits, ref outputs, n);
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
    public static void Gradient(OutputActivation activation, ref float outputs, ref float outputGradients, ref float logitGradients, int n)
    {
        switch (activation)
        {
            case OutputActivation.Sigmoid:
                for (int i = 0; i < n; i++)
                {
                    Unsafe.Add(ref logitGradients, i) = Unsafe.Add(ref outputGradients, i) * Unsafe.Add(ref outputs, i) * (1 - Unsafe.Add(ref outputs, i));
                }

                break;
            case OutputActivation.Softmax:
                double dot = 0;
                for (int i = 0; i < n; i++)
                {
                    dot += (double)Unsafe.Add(ref outputGradients, i) * Unsafe.Add(ref outputs, i);
                }

                for (int i = 0; i < n; i++)
                {
                    Unsafe.Add(ref logitGradients, i) = (float)(Unsafe.Add(ref outputs, i) * (Unsafe.Add(ref outputGradients, i) - dot));
                }

                break;
            default:
                Copy(ref outputGradients, ref logitGradients, n);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Softmax(ref float logits, ref float outputs, int n)
    {
        // The largest logit is subtracted so that no exponential overflows. MathF.Max hands a NaN on; every output is then NaN.
        float max = float.NegativeInfinity;
        for (int i = 0; i < n; i++)
        {
            max = MathF.Max(max, Unsafe.Add(ref logits, i));
        }

        Map<ExpOfDifference>(ref logits, ref outputs, n, max);

        // In double: the rounding of a long row's sum would otherwise be the largest error of all.
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            sum += Unsafe.Add(ref outputs, i);
        }

        for (int i = 0; i < n; i++)
        {
            Unsafe.Add(ref outputs, i) = (float)(Unsafe.Add(ref outputs, i) / sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Map<TOperation>(ref float source, ref float destination, int n, float operand)
        where TOperation : struct, IOperation
    {
        Vector128<float> operands = Vector128.Create(operand);
        int i = 0;
        for (; i <= n - Vector128<float>.Count; i += Vector128<float>.Count)
            TOperation.Invoke(Vector128.LoadUnsafe(ref source, (nuint)i), operands).StoreUnsafe(ref destination, (nuint)i);
        if (i == n)
            return;

        // The rest goes through a buffer, so that nothing past the row is read or written.
        Span<float> rest = stackalloc float[Vector128<float>.Count];
        rest.Clear();
        Copy(ref Unsafe.Add(ref source, i), ref rest[0], n - i);
        TOperation.Invoke(Vector128.LoadUnsafe(ref rest[0]), operands).StoreUnsafe(ref rest[0]);
        Copy(ref rest[0], ref Unsafe.Add(ref destination, i), n - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ref float source, ref float destination, int n) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, n).CopyTo(MemoryMarshal.CreateSpan(ref destination, n));

    private interface IOperation
    {
        static abstract Vector128<float> Invoke(Vector128<float> x, Vector128<float> operand);
    }

    private readonly struct Sigmoid : IOperation
    {
        public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> operand) => FusedMath.Sigmoid(x);
    }

    private readonly struct ExpOfDifference : IOperation
    {
        public static Vector128<float> Invoke(Vector128<float> x, Vector128<float> operand) => FusedMath.Exp(x - operand);
    }
}
