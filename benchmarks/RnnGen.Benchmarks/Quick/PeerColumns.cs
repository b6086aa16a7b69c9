using System.Globalization;
using RnnGen.Benchmarks.Peers;

namespace RnnGen.Benchmarks.Quick;

/// <summary>The peers' part of a table: for each that can do the task its fastest time, and how many times the generated network's that is.</summary>
/// <param name="task">What the table is about.</param>
/// <param name="unit">Of its times.</param>
/// <param name="perSecond">Such units a second.</param>
/// <param name="format">Of its times.</param>
internal sealed class PeerColumns(PeerTasks task, string unit, double perSecond, string format)
{
    private readonly Peer[] _peers = [.. PeerList.All.Where(peer => peer.Tasks.HasFlag(task))];

    public Agreement Agreement { get; } = new();

    public IEnumerable<string> Titles => _peers.SelectMany(peer => (string[])[$"{peer.Name} min {unit}", "ratio"]);

    /// <summary>Each peer's code and what it writes.</summary>
    public PeerRow[] Make(int outputs, Func<Peer, float[], PeerCode> make) =>
        [.. _peers.Select(peer =>
        {
            float[] output = new float[outputs];
            return new PeerRow(peer, make(peer, output), output);
        })];

    public IEnumerable<object> Cells(Timing generated, IEnumerable<Timing> theirs) => theirs.SelectMany(time => (object[])
    [
        (time.Minimum * perSecond).ToString(format, CultureInfo.InvariantCulture),
        $"{time.Minimum / generated.Minimum:F1}×",
    ]);
}

/// <summary>A peer in a row of a table.</summary>
internal sealed record PeerRow(Peer Peer, PeerCode Code, float[] Output) : IDisposable
{
    public void Dispose() => Code.Dispose();
}
