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

    /// <summary>One weight a row; empty where all rows weigh 1. What lies at masked rows does not matter.</summary>
    internal ReadOnlySpan<float> Weights { get; init; }

    /// <summary>What the gradient of the sum of weighted losses is divided by.</summary>
    internal required double Divisor { get; init; }

    /// <summary>Values a row.</summary>
    internal required int Size { get; init; }

    /// <summary>What made outputs of logits.</summary>
    internal required OutputActivation Activation { get; init; }

    /// <summary>Rows, masked ones included.</summary>
    internal int Count => Outputs.Length / Size;

    /// <summary>How much a row counts; 0 where it does not.</summary>
    internal float Weight(int row) => !Mask.IsEmpty && Mask[row] == 0 ? 0 : Weights.IsEmpty ? 1 : Weights[row];

    /// <summary>Whether a row counts.</summary>
    internal bool Counts(int row) => Weight(row) != 0;

    /// <summary>Writes the outputs that the network would have with an activation, which is its own or acts on logits; 0 in rows that do not count.</summary>
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

    /// <summary>Multiplies each row of gradients with a factor and its weight. Rows that do not count are 0 and stay so.</summary>
    internal void Scale(Span<float> gradients, double factor)
    {
        if (Weights.IsEmpty)
        {
            VectorLoops.Scale(gradients, (float)factor);
            return;
        }

        for (int row = 0, count = Count; row < count; row++)
        {
            if (Counts(row))
                VectorLoops.Scale(gradients.Slice(row * Size, Size), (float)(factor * Weights[row]));
        }
    }

    /// <summary>How much the rows weigh that have their largest logit at their class.</summary>
    internal double WeightOfCorrect(ReadOnlySpan<int> classes)
    {
        double correct = 0;
        for (int row = 0; row < classes.Length; row++)
        {
            float weight = Weight(row);
            if (weight != 0 && Largest(Logits.Slice(row * Size, Size)) == classes[row])
                correct += weight;
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
