namespace RnnGen.Benchmarks.Peers;

/// <summary>The peers that this build and this machine have.</summary>
internal static partial class PeerList
{
    public const string ByHand = "TensorPrimitives", Onnx = "ONNX Runtime", Torch = "TorchSharp";

    private static readonly List<string> Notes = [];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Peer> All { get; } = Find();

    /// <summary>A line for each peer that is left out, and why.</summary>
    public static IReadOnlyList<string> LeftOut => Notes;

    private static List<Peer> Find()
    {
        var inBuild = new Dictionary<string, Func<Peer>>();
        UseOnnx(inBuild);
        UseTorch(inBuild);
        var peers = new List<Peer> { new TensorPeer() };
        foreach (string name in (string[])[Onnx, Torch])
            try
            {
                if (inBuild.TryGetValue(name, out var make))
                    peers.Add(make());
                else
                    Notes.Add($"{name} is left out: it is not in this build (benchmarks/README.md says how to have it).");
            }
            catch (Exception failure) when (failure is DllNotFoundException or TypeInitializationException or BadImageFormatException or NotSupportedException)
            {
                Notes.Add($"{name} is left out: {(failure.InnerException ?? failure).Message.ReplaceLineEndings(" ")}");
            }

        return peers;
    }

    /// <summary>Implemented beside the peer, whose files are compiled where its package was asked for.</summary>
    static partial void UseOnnx(Dictionary<string, Func<Peer>> peers);

    /// <inheritdoc cref="UseOnnx"/>
    static partial void UseTorch(Dictionary<string, Func<Peer>> peers);
}
