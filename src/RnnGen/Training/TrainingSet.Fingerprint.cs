using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RnnGen.Training;

/// <content>The identity of a set.</content>
public sealed partial class TrainingSet
{
    /// <summary>Sizes and a hash of all sequences, targets and weights, so that training does not continue with other data unnoticed.</summary>
    internal string Fingerprint => field ??= MakeFingerprint();

    private string MakeFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append<int>(hash, [Features, IsOneHot ? 1 : 0, IsPerSequence ? 1 : 0, ValuesPerRow, (int)Padding, IsWeighted ? 1 : 0]);
        foreach (OutputColumn column in Columns?.Columns ?? [])
            Append<int>(hash, [column.Output.Offset, column.Output.Size, column.HasClasses ? 1 : 0, column.First, column.Weight ?? -1]);
        for (int i = 0; i < Count; i++)
        {
            Append<float>(hash, _input.Sequences[i]);
            if (_classes is not null)
                Append<int>(hash, _classes[i]);
            if (_values is not null)
                Append<float>(hash, _values[i]);
            if (_input.Weights is not null)
                Append<float>(hash, _input.Weights[i]);
        }

        string start = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
        return $"{Count} sequences of up to {MaxSteps} steps, {start}";
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        int length = values.Length; // else one sequence of two steps would be two of one
        hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
        hash.AppendData(MemoryMarshal.AsBytes(values));
    }
}
