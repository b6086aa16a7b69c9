using RnnGen.Formats.Tflite;

namespace RnnGen.Formats.Tests.Tflite;

/// <summary>Damaged files end in a <see cref="FormatException"/>, soon.</summary>
public sealed class HostileTfliteTests
{
    [Fact]
    public void Each_cut_of_a_file_is_refused()
    {
        byte[] file = OperatorFiles.Dense(TfliteType.Float32);
        for (int length = 8; length < file.Length - 16; length += 4)
            Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(new ModelFile("cut", file[..length]), ImportOptions.Default));
    }

    [Fact]
    public void Tables_that_share_a_vector_are_not_read_without_end()
    {
        // A vector that names one tensor over and over: 4 bytes each, and a shape for each.
        const int count = 1000;
        FlatFields graph = new() { [0] = new int[count], [9] = new FlatFields { [0] = new int[16] } };
        byte[] file = FlatWriter.Write(new() { [0] = 3, [2] = new[] { graph } }, "TFL3");
        int first = Enumerable.Range(0, file.Length / 4).Select(index => 4 * index).First(at => BitConverter.ToInt32(file, at) == count) + 4;
        int tensor = ((first + (4 * count) + 7) / 8 * 8) + 6; // behind its list of fields
        for (int index = 0; index < count; index++)
            BitConverter.GetBytes(tensor - first - (4 * index)).CopyTo(file, first + (4 * index));
        Assert.Contains("tables share their vectors", Assert.Throws<FormatException>(() => ModelFormats.Read(new ModelFile("shared", file), ImportOptions.Default)).Message, StringComparison.Ordinal);
    }
}
