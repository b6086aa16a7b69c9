using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lanes = System.Numerics.Vector;

namespace RnnGen.Training;

/// <summary>What an optimiser remembers between updates, and the one loop that applies the library's rules to every weight.</summary>
internal sealed class OptimizerState
{
    private readonly Optimizer _optimizer;
    private readonly float[][] _slots;

    /// <summary>Nothing remembered yet.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="length">Packed weights.</param>
    internal OptimizerState(Optimizer optimizer, int length)
    {
        _optimizer = optimizer;
        _slots = new float[optimizer.Slots][];
        for (int i = 0; i < _slots.Length; i++)
            _slots[i] = new float[length];
    }

    /// <summary>Updates so far.</summary>
    internal long Updates { get; private set; }

    /// <summary>Copies of all slots, each packed as the weights are.</summary>
    internal float[][] CopySlots() => Array.ConvertAll(_slots, slot => slot.AsSpan().ToArray());

    /// <summary>A remembered value of each weight.</summary>
    internal Span<float> Slot(int index)
    {
        if ((uint)index >= (uint)_slots.Length)
            ThrowNoSlot(index);
        return _slots[index];
    }

    /// <summary>Goes back to what was remembered after some updates.</summary>
    internal void Restore(long updates, params ReadOnlySpan<float[]> slots)
    {
        Updates = updates;
        for (int i = 0; i < _slots.Length; i++)
            slots[i].CopyTo(_slots[i], 0);
    }

    /// <summary>One update of all weights.</summary>
    /// <param name="weights">Packed weights.</param>
    /// <param name="gradients">Their gradients, as long.</param>
    /// <param name="learningRate">The optimiser's times the schedule's factor.</param>
    internal void Update(Span<float> weights, ReadOnlySpan<float> gradients, double learningRate)
    {
        _optimizer.Update(new OptimizerUpdate(this, weights, gradients, Updates + 1, learningRate));
        Updates++;
    }

    /// <summary>Applies a rule to every weight. Elementwise and without fused multiply-add: the same bits whatever the vector's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Apply<TRule>(TRule rule, Span<float> weights, ReadOnlySpan<float> gradients)
        where TRule : struct, IUpdateRule
    {
        Span<float> firstSlot = TRule.Slots > 0 ? Slot(0) : default;
        Span<float> secondSlot = TRule.Slots > 1 ? Slot(1) : default;
        if (gradients.Length != weights.Length
            || (TRule.Slots > 0 && firstSlot.Length != weights.Length)
            || (TRule.Slots > 1 && secondSlot.Length != weights.Length))
        {
            throw new ArgumentException($"gradients: expected {weights.Length} values, got {gradients.Length}", nameof(gradients));
        }

        int whole = weights.Length - weights.Length % Vector<float>.Count;
        ref float weight = ref MemoryMarshal.GetReference(weights);
        ref float gradient = ref MemoryMarshal.GetReference(gradients);
        ref float firsts = ref MemoryMarshal.GetReference(firstSlot);
        ref float seconds = ref MemoryMarshal.GetReference(secondSlot);
        for (nuint i = 0; i < (nuint)whole; i += (nuint)Vector<float>.Count)
        {
            Vector<float> first = TRule.Slots > 0 ? Lanes.LoadUnsafe(ref firsts, i) : default;
            Vector<float> second = TRule.Slots > 1 ? Lanes.LoadUnsafe(ref seconds, i) : default;
            rule.Update(Lanes.LoadUnsafe(ref weight, i), Lanes.LoadUnsafe(ref gradient, i), ref first, ref second).StoreUnsafe(ref weight, i);
            if (TRule.Slots > 0)
                first.StoreUnsafe(ref firsts, i);
            if (TRule.Slots > 1)
                second.StoreUnsafe(ref seconds, i);
        }

        if (whole < weights.Length)
        {
            firstSlot = TRule.Slots > 0 ? firstSlot[whole..] : default;
            secondSlot = TRule.Slots > 1 ? secondSlot[whole..] : default;
            ApplyToRest(rule, weights[whole..], gradients[whole..], firstSlot, secondSlot);
        }
    }

    /// <summary>The last few weights, in vectors filled up with zeros, so that a rule is written once.</summary>
    private static void ApplyToRest<TRule>(TRule rule, Span<float> weights, ReadOnlySpan<float> gradients, Span<float> firsts, Span<float> seconds)
        where TRule : struct, IUpdateRule
    {
        Vector<float> first = LoadRest(firsts);
        Vector<float> second = LoadRest(seconds);
        StoreRest(rule.Update(LoadRest(weights), LoadRest(gradients), ref first, ref second), weights);
        StoreRest(first, firsts);
        StoreRest(second, seconds);
    }

    [DoesNotReturn]
    private void ThrowNoSlot(int index)
    {
        string message = $"index: expected a slot of {_optimizer}, which has {_slots.Length}, from 0, got {index}";
        throw new ArgumentOutOfRangeException(nameof(index), message);
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
