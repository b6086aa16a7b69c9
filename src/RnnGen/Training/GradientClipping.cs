namespace RnnGen.Training;

/// <summary>Limits exploding gradients.</summary>
internal static class GradientClipping
{
    /// <summary>The Euclidean norm of all gradients; not finite if one of them is not.</summary>
    internal static double Norm(ReadOnlySpan<float> gradients) => Math.Sqrt(VectorLoops.SumOfSquares(gradients));

    /// <summary>
    /// What all gradients are multiplied by so that their norm is at most a maximum: <c>clip_grad_norm_</c>'s <c>max / (norm + 1e-6)</c> where below 1.
    /// </summary>
    internal static float Coefficient(double norm, float maximum) => (float)Math.Min(1, maximum / (norm + 1e-6));

    /// <summary>Limits every gradient to [−limit, limit].</summary>
    internal static void ClipByValue(Span<float> gradients, float limit) => VectorLoops.Clamp(gradients, limit);
}
