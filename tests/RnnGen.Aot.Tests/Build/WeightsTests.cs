namespace RnnGen.Aot.Tests.Build;

/// <summary>Which weights a build embeds.</summary>
[Collection(AotCollection.Programs)]
public sealed class WeightsTests
{
    /// <summary>As <c>cp -p</c> and archives bring them.</summary>
    [SkippableFact]
    public void A_file_that_is_older_than_the_one_whose_place_it_takes_is_embedded()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        string path = Path.Combine(TemporaryFolder.New("weights"), "net.safetensors");
        byte[] first = Weights("first."), second = Weights("second");
        File.WriteAllBytes(path, first);
        Assert.True(Build(path, time: 1).AsSpan().IndexOf(first) > 0);

        File.WriteAllBytes(path, second);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddYears(-1));
        Assert.True(Build(path, time: 2).AsSpan().IndexOf(second) > 0);
    }

    // The header is the same.
    private static byte[] Weights(string data) => [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8, .. System.Text.Encoding.ASCII.GetBytes(data + " weights")];

    /// <summary>The assembly.</summary>
    private static byte[] Build(string weights, int time) =>
        File.ReadAllBytes(Publication.ForTheJit("Program", $"-p:WeightsFile={weights}", $"-p:Time={time}").Succeeded()["Program.dll"]);
}
