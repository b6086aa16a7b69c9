using RnnGen.Runtime;
using RnnGen.Tests.Memory;

namespace RnnGen.Tests.Weights;

/// <summary>A network of two parameters, so small that a file of its weights can be written by hand: w [2, 3] and b [2], 24 and 8 bytes.</summary>
internal static class TinyNetwork
{
    public const string Header = """{"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"F32","shape":[2],"data_offsets":[24,32]}}""";

    public static readonly float[] Values = [1, 2, 3, 4, 5, 6, 7, 8];

    public static NetworkMemory Create()
    {
        int end = 0;
        ParameterLayout[] parameters =
        [
            TestLayouts.Parameter("w", [0], units: 2, columns: 3, block: 8, ref end),
            TestLayouts.Parameter("b", [0], units: 2, columns: 1, block: 8, ref end, vector: true),
        ];
        return new NetworkMemory(new NetworkLayout("Tiny", 3, 2, false, OutputActivation.Identity, parameters, [], end, 0, 0));
    }

    /// <summary>The network whose weights are <see cref="Values"/>.</summary>
    public static NetworkMemory CreateSet()
    {
        NetworkMemory memory = Create();
        memory.Parameters["w"].Set(Values.AsSpan(0, 6));
        memory.Parameters["b"].Set(Values.AsSpan(6));
        return memory;
    }

    /// <summary>Its weights, in canonical order.</summary>
    public static float[] Weights(NetworkMemory memory) => [.. memory.Parameters.SelectMany(parameter => parameter.ToArray())];

    /// <summary>Its weights' file.</summary>
    public static byte[] Save(NetworkMemory memory)
    {
        using var stream = new MemoryStream();
        memory.Save(stream);
        return stream.ToArray();
    }
}
