using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen;

/// <summary>What an optimiser remembers between updates, and the one loop that applies its rule to every weight.</summary>
internal sealed class OptimizerState
{
    private readonly Optimizer _optimizer;
    private readonly float[] _first;
    private readonly float[] _second;

    /// <summary>Nothing remembered yet.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="length">Packed weights.</param>
    internal OptimizerState(Optimizer optimizer, int length)
    {
        _optimizer = optimizer;
        _first = new float[optimizer.Slots > 0 ? length : 0];
        _second = new float[optimizer.Slots > 1 ? length : 0];
    }

    /// <summary>Updates so far, the one that is running included.</summary>
    internal long Updates { get; private set; }

    /// <summary>The first remembered value of each weight, packed as the weights are; empty where the optimiser has none.</summary>
    internal ReadOnlySpan<float> First => _first;

    /// <summary>The second.</summary>
    internal ReadOnlySpan<float> Second => _second;

    /// <summary>Goes back to what was remembered after some updates.</summary>
    internal void Restore(long updates, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        Updates = updates;
        first.CopyTo(_first);
        second.CopyTo(_second);
    }

    /// <inheritdoc cref="Optimizer.Update"/>
    internal void Update(Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale, double learningRate)
    {
        Updates++;
        _optimizer.Update(this, weights, gradients, gradientScale, learningRate);
    }

    /// <summary>Applies a rule to every weight. Elementwise and without fused multiply-add: the same bits whatever the vector's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Apply<TRule>(TRule rule, Span<float> weights, ReadOnlySpan<float> gradients, float gradientScale)
        where TRule : struct, IUpdateRule
    {
        if (gradients.Length != weights.Length || (TRule.Slots > 0 && _first.Length != weights.Length) || (TRule.Slots > 1 && _second.Length != weights.Length))
            throw new ArgumentException($"gradients: expected {weights.Length} values, got {gradients.Length}", nameof(gradients));
        var scale = new Vector<float>(gradientScale);
        int whole = weights.Length - weights.Length % Vector<float>.Count;
        ref float weight = ref MemoryMarshal.GetReference(weights);
        ref float gradient = ref MemoryMarshal.GetReference(gradients);
        ref float firsts = ref MemoryMarshal.GetArrayDataReference(_first);
        ref float seconds = ref MemoryMarshal.GetArrayDataReference(_second);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<float>.Count)
        {
            Vector<float> first = TRule.Slots > 0 ? Vector.LoadUnsafe(ref firsts, i) : default;
            Vector<float> second = TRule.Slots > 1 ? Vector.LoadUnsafe(ref seconds, i) : default;
            rule.Update(Vector.LoadUnsafe(ref weight, i), Vector.LoadUnsafe(ref gradient, i) * scale, ref first, ref second).StoreUnsafe(ref weight, i);
            if (TRule.Slots > 0)
                first.StoreUnsafe(ref firsts, i);
            if (TRule.Slots > 1)
                second.StoreUnsafe(ref seconds, i);
        }

        if (whole < weights.Length)
            ApplyToRest(rule, weights[whole..], gradients[whole..], whole, scale);
    }

    /// <summary>The last few weights, in vectors filled up with zeros, so that a rule is written once.</summary>
    private void ApplyToRest<TRule>(TRule rule, Span<float> weights, ReadOnlySpan<float> gradients, int start, Vector<float> scale)
        where TRule : struct, IUpdateRule
    {
        Span<float> firsts = TRule.Slots > 0 ? _first.AsSpan(start) : default;
        Span<float> seconds = TRule.Slots > 1 ? _second.AsSpan(start) : default;
        Vector<float> first = LoadRest(firsts);
        Vector<float> second = LoadRest(seconds);
        StoreRest(rule.Update(LoadRest(weights), LoadRest(gradients) * scale, ref first, ref second), weights);
        StoreRest(first, firsts);
        StoreRest(second, seconds);
    }

    private static Vector<float> LoadRest(ReadOnlySpan<float> values)
    {
        Span<float> padded = stackalloc float[Vector<float>.Count];
        padded.Clear();
        values.CopyTo(padded);
        return new Vector<float>(padded);
    }

    private static void StoreRest(Vector<float> vector, Span<float> values)
    {
        Span<float> padded = stackalloc float[Vector<float>.Count];
        vector.CopyTo(padded);
        padded[..values.Length].CopyTo(values);
    }
}
