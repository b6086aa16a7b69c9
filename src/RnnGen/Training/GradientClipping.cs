using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnGen;

/// <summary>Keeps exploding gradients from doing harm.</summary>
internal static class GradientClipping
{
    /// <summary>The Euclidean norm of all gradients. Summed in double in eight lanes, whatever the vector's width: the same bits everywhere.</summary>
    internal static double Norm(ReadOnlySpan<float> gradients)
    {
        ReadOnlySpan<Vector256<float>> blocks = MemoryMarshal.Cast<float, Vector256<float>>(gradients);
        Vector256<double> lowSum = Vector256<double>.Zero;
        Vector256<double> highSum = Vector256<double>.Zero;
        foreach (Vector256<float> block in blocks)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(block);
            lowSum += low * low;
            highSum += high * high;
        }

        Vector256<double> lanes = lowSum + highSum;
        double sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
        foreach (float gradient in gradients[(blocks.Length * Vector256<float>.Count)..])
            sum += (double)gradient * gradient;
        return Math.Sqrt(sum);
    }

    /// <summary>What all gradients are multiplied with so that their norm is at most a maximum: <c>clip_grad_norm_</c>'s <c>max / (norm + 1e-6)</c> where below 1.</summary>
    internal static float Coefficient(double norm, float maximum) => (float)Math.Min(1, maximum / (norm + 1e-6));

    /// <summary>Limits every gradient to [−limit, limit].</summary>
    internal static void ClipByValue(Span<float> gradients, float limit)
    {
        var high = new Vector<float>(limit);
        Span<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        foreach (ref Vector<float> block in blocks)
            block = Vector.Min(Vector.Max(block, -high), high);
        foreach (ref float gradient in gradients[(blocks.Length * Vector<float>.Count)..])
            gradient = Math.Clamp(gradient, -limit, limit);
    }
}
