using System.Runtime.InteropServices;
using RnnGen.Runtime;

namespace RnnGen;

/// <summary>What a network answered, as rows of outputs: row t × B + b, or row b for a many-to-one network.</summary>
internal readonly ref struct LossRows
{
    /// <summary>What the last layer computed, before the output activation: [rows × Size].</summary>
    internal required ReadOnlySpan<float> Logits { get; init; }

    /// <summary>The same after it.</summary>
    internal required ReadOnlySpan<float> Outputs { get; init; }

    /// <summary>One byte a row, 0 where the row does not count; empty where all rows do.</summary>
    internal required ReadOnlySpan<byte> Mask { get; init; }

    /// <summary>Rows that count.</summary>
    internal required int Unmasked { get; init; }

    /// <summary>Values a row.</summary>
    internal required int Size { get; init; }

    /// <summary>What made outputs of logits.</summary>
    internal required OutputActivation Activation { get; init; }

    /// <summary>Rows, masked ones included.</summary>
    internal int Count => Outputs.Length / Size;

    /// <summary>Whether a row counts.</summary>
    internal bool Counts(int row) => Mask.IsEmpty || Mask[row] != 0;

    /// <summary>Writes the outputs that the network would have with an activation, which is its own or acts on logits; 0 in masked rows.</summary>
    internal void Activate(OutputActivation activation, Span<float> activated)
    {
        if (Activation == activation)
            Outputs.CopyTo(activated);
        for (int row = 0, count = Count; row < count; row++)
        {
            Span<float> into = activated.Slice(row * Size, Size);
            if (!Counts(row))
                into.Clear();
            else if (Activation != activation)
                OutputHead.Apply(activation, ref MemoryMarshal.GetReference(Logits.Slice(row * Size, Size)), ref into[0], Size);
        }
    }

    /// <summary>How many rows have their largest logit at their class.</summary>
    internal int CountCorrect(ReadOnlySpan<int> classes)
    {
        int correct = 0;
        for (int row = 0; row < classes.Length; row++)
        {
            if (Counts(row) && Largest(Logits.Slice(row * Size, Size)) == classes[row])
                correct++;
        }

        return correct;
    }

    /// <summary>The index of the largest value, the first of equal ones.</summary>
    internal static int Largest(ReadOnlySpan<float> values)
    {
        int largest = 0;
        float most = values[0];
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > most)
            {
                most = values[i];
                largest = i;
            }
        }

        return largest;
    }
}
