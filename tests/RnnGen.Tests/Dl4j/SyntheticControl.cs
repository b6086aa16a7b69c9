using System.Globalization;
using System.IO.Compression;

namespace RnnGen.Tests.Dl4j;

/// <summary>UCI's Synthetic Control Chart sequences: 450 to train with and 150 to test with, 60 steps of one value, six classes.</summary>
/// <param name="Sequences">Standardised.</param>
/// <param name="Classes">Of each.</param>
internal sealed record SyntheticControl(IReadOnlyList<float[]> Sequences, IReadOnlyList<int> Classes)
{
    private const double Mean = 29.871785;
    private const double Deviation = 10.539398;

    /// <summary>The sequences of <c>train</c> or <c>test</c>, in the order of their numbers.</summary>
    public static SyntheticControl Read(string part)
    {
        using ZipArchive archive = ZipFile.OpenRead(SharedFolder.Get("models", "dl4j", "uci_seq.zip"));
        var (sequences, classes) = (new List<float[]>(), new List<int>());
        while (archive.GetEntry($"uci_seq/{part}/features/{sequences.Count}.csv") is ZipArchiveEntry features)
        {
            classes.Add(int.Parse(Text(archive.GetEntry($"uci_seq/{part}/labels/{sequences.Count}.csv")!), CultureInfo.InvariantCulture));
            sequences.Add([.. Text(features).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(line => (float)((double.Parse(line, CultureInfo.InvariantCulture) - Mean) / Deviation))]);
        }

        return new SyntheticControl(sequences, classes);
    }

    /// <summary>A batch of <paramref name="count"/> sequences.</summary>
    public SequenceBatch Batch(int first, int count) => SequenceBatch.Pad([.. Sequences.Skip(first).Take(count)], 1, Padding.Trailing);

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd().Trim();
    }
}
