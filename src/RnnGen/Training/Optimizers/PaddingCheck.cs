using RnnGen.Runtime;

namespace RnnGen.Training;

/// <summary>
/// Looks whether an optimiser has left the padding between packed weights at zero. The library's own do, as their tests show; a user's is looked at after a
/// trainer's first update.
/// </summary>
internal static class PaddingCheck
{
    /// <summary>Whether an optimiser is a user's.</summary>
    internal static bool IsNeeded(Optimizer optimizer) => optimizer.GetType().Assembly != typeof(Optimizer).Assembly;

    /// <summary>Sets padding to zero again and names an optimiser that has changed it.</summary>
    /// <exception cref="InvalidOperationException">It has.</exception>
    internal static void Restore(Optimizer optimizer, NetworkLayout layout, Span<float> weights, OptimizerState state)
    {
        float[] isWeight = new float[layout.WeightsLength];
        foreach (ParameterLayout parameter in layout.Parameters)
        {
            float[] ones = new float[parameter.Count];
            ones.AsSpan().Fill(1);
            PackedTensor.Pack(parameter, ones, isWeight);
        }

        string? changed = Clear(isWeight, weights, "weight");
        for (int slot = 0; slot < optimizer.Slots; slot++)
        {
            string? inSlot = Clear(isWeight, state.Slot(slot), $"slot {slot}"); // of each, whatever was found before
            changed ??= inSlot;
        }

        if (changed is not null)
        {
            string expected = "expected an update to leave 0 where weight, gradient and slots are 0 (padding)";
            throw new InvalidOperationException($"Optimizer {optimizer}: {expected}, got {changed}; padding is 0 again, and the update of the weights is done");
        }
    }

    private static string? Clear(ReadOnlySpan<float> isWeight, Span<float> values, string what)
    {
        string? changed = null;
        for (int i = 0; i < values.Length; i++)
        {
            if (isWeight[i] != 0 || values[i] == 0)
                continue;
            changed ??= $"{values[i]} as {what}";
            values[i] = 0;
        }

        return changed;
    }
}
