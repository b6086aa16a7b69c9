using CsCheck;
using RnnGen.Runtime;

namespace RnnGen.Tests.Weights;

/// <summary>Damages a good file in thousands of ways: it loads, or it is a <see cref="FormatException"/>, and then no weight has changed.</summary>
public sealed class SafetensorsFuzzTests
{
    private const int Rounds = 5_000;

    private static readonly byte[] Good = SaveGood();

    [Fact]
    public void Changed_bytes() => Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Byte).Array[1, 4].Sample(
        changes =>
        {
            byte[] file = [.. Good];
            foreach ((int at, byte value) in changes)
            {
                file[at] = value;
            }

            return LoadsOrIsRefused(file);
        },
        iter: Rounds);

    [Fact]
    public void Flipped_bits() => Gen.Int[0, Good.Length * 8 - 1].Sample(
        bit =>
        {
            byte[] file = [.. Good];
            file[bit / 8] ^= (byte)(1 << (bit % 8));
            return LoadsOrIsRefused(file);
        },
        iter: Rounds);

    [Fact]
    public void Cut_out_repeated_and_inserted_parts() =>
        Gen.Select(Gen.Int[0, Good.Length], Gen.Int[0, Good.Length], Gen.Byte.Array[0, 20]).Sample(
            (from, to, inserted) => LoadsOrIsRefused([.. Good[..from], .. inserted, .. Good[to..]]),
            iter: Rounds);

    [Fact]
    public void Headers_of_json_like_text()
    {
        string[] words =
        [
            "{", "}", "[", "]", ":", ",", "\"w\"", "\"b\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"F32\"", "\"__metadata__\"",
            "0", "2", "3", "24", "32", "-1", "9223372036854775807", "1e9", "null", "\"\\ud800\"", " ",
            "\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}", "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}",
        ];
        Gen.OneOf(words).Array[0, 12].Sample(chosen => LoadsOrIsRefused(RawSafetensors.Of("{" + string.Concat(chosen), 32)), iter: Rounds);
    }

    [Fact]
    public void The_undamaged_file_loads()
    {
        using NetworkMemory memory = TinyNetwork.Create();
        memory.Load(Good);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(memory));
    }

    private static bool LoadsOrIsRefused(byte[] file)
    {
        using NetworkMemory memory = TinyNetwork.Create();
        try
        {
            memory.Load(file);
        }
        catch (FormatException)
        {
            return memory.PackedWeights.IndexOfAnyExcept(0f) < 0;
        }

        return Array.TrueForAll(TinyNetwork.Weights(memory), float.IsFinite);
    }

    private static byte[] SaveGood()
    {
        using NetworkMemory memory = TinyNetwork.CreateSet();
        return TinyNetwork.Save(memory);
    }
}
