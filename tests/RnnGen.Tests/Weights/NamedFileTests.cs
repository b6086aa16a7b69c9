using System.Runtime.Versioning;
using RnnGen.Runtime;
using RnnGen.Training;
using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.ManyToOneSoftmax>;

namespace RnnGen.Tests.Weights;

/// <summary>What is wrong with a file is said of the name that the user gave, and never of a temporary file.</summary>
public sealed class NamedFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-named-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<string> Entries => ["Load", "Save", "LoadCheckpoint", "SaveCheckpoint"];

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_folder_is_called_one(string entry)
    {
        string path = In("folder");
        Directory.CreateDirectory(path);
        Assert.Equal($"{path}: expected a file, got a folder", Refused<UnauthorizedAccessException>(entry, path));
        Assert.Equal($"{path}/: expected a file, got a folder", Refused<UnauthorizedAccessException>(entry, path + "/"));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.FullName));
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void A_folder_that_is_not_there_is_named(string entry)
    {
        string path = Path.Combine(In("none"), "weights");
        Assert.Equal($"{path}: expected a file in an existing folder, got no folder {In("none")}", Refused<DirectoryNotFoundException>(entry, path));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("Load")]
    [InlineData("LoadCheckpoint")]
    public void A_file_that_is_not_there_is_named(string entry)
    {
        string path = In("none");
        Assert.Equal($"{path}: expected a file, got none", Refused<FileNotFoundException>(entry, path));
    }

    [Theory]
    [InlineData("Save")]
    [InlineData("SaveCheckpoint")]
    public void A_name_of_no_file_is_named(string entry)
    {
        string path = In("name") + Path.DirectorySeparatorChar;
        Assert.StartsWith($"{path}: expected ", Refused<IOException>(entry, path), StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Theory]
    [InlineData("Save")]
    [InlineData("SaveCheckpoint")]
    public void A_name_that_is_too_long_is_named(string entry)
    {
        string path = In(new string('w', 300));
        string message = Refused<IOException>(entry, path);
        Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", message, StringComparison.Ordinal);
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [SkippableTheory]
    [MemberData(nameof(Entries))]
    [UnsupportedOSPlatform("windows")]
    public void Links_in_a_ring_are_named(string entry)
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        File.CreateSymbolicLink(In("one"), In("other"));
        File.CreateSymbolicLink(In("other"), In("one"));
        Assert.StartsWith($"{In("one")}: ", Refused<IOException>(entry, In("one")), StringComparison.Ordinal);
        Assert.Equal(2, _folder.GetFileSystemInfos().Length);
    }

    [SkippableTheory]
    [MemberData(nameof(Entries))]
    [UnsupportedOSPlatform("windows")]
    public void What_may_not_be_used_is_named(string entry)
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.UserName == "root", "modes bind neither root nor Windows");
        string path = In("weights");
        File.WriteAllText(path, "old");
        File.SetUnixFileMode(path, UnixFileMode.None);
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            string message = Refused<UnauthorizedAccessException>(entry, path);
            Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
            Assert.DoesNotContain(".tmp", message, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void An_error_that_names_the_temporary_file_names_the_user_s_and_keeps_its_kind()
    {
        var full = new IOException("no space left : '/a/.b.tmp'") { HResult = 28 };
        Exception named = NamedFile.Reworded(full, "/a/.b.tmp", "b")!;
        Assert.Equal(("b: no space left : 'b'", 28, typeof(IOException)), (named.Message, named.HResult, named.GetType()));
        Assert.Same(full, named.InnerException);
        Assert.IsType<UnauthorizedAccessException>(NamedFile.Reworded(new UnauthorizedAccessException("/a/.b.tmp"), "/a/.b.tmp", "b"));
        Assert.IsType<PathTooLongException>(NamedFile.Reworded(new PathTooLongException("/a/.b.tmp"), "/a/.b.tmp", "b"));
        Assert.Null(NamedFile.Reworded(new IOException("disk full"), "/a/.b.tmp", "b"));
        Assert.Null(NamedFile.Reworded(new InvalidOperationException("/a/.b.tmp"), "/a/.b.tmp", "b"));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("none")]
    public void Fit_refuses_a_checkpoint_that_it_could_not_write_before_it_trains(string kind)
    {
        Directory.CreateDirectory(In("folder"));
        string path = kind == "folder" ? In("folder") : Path.Combine(In("none"), "training");
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, new TrainerOptions { Optimizer = new Sgd(0.1f), Loss = Loss.CrossEntropy });
        TrainingSet set = TrainingSet.PerSequence([[1, 2, 3]], 3, new[] { 1 });
        Exception? error = Record.Exception(() => trainer.Fit(set, null, 1, null, new CheckpointOptions(path, 1)));
        Assert.StartsWith($"{path}: expected a file", error?.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Updates);
    }

    private static string Refused<TError>(string entry, string path)
        where TError : Exception
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, new TrainerOptions { Optimizer = new Sgd(0.1f), Loss = Loss.CrossEntropy });
        float[] before = network.Memory.PackedWeights.ToArray();
        Action act = entry switch
        {
            "Load" => () => network.Memory.Load(path),
            "Save" => () => network.Memory.Save(path),
            "LoadCheckpoint" => () => trainer.LoadCheckpoint(path),
            _ => () => trainer.SaveCheckpoint(path),
        };
        string message = Assert.ThrowsAny<TError>(act).Message;
        Assert.Equal(before, network.Memory.PackedWeights.ToArray());
        return message;
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
