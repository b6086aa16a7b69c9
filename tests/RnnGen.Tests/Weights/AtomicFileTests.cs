using System.Runtime.Versioning;
using RnnGen.Runtime;

namespace RnnGen.Tests.Weights;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen");

    private string Target => Path.Combine(_folder.FullName, "weights.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_network_is_saved_saved_again_and_loaded()
    {
        using NetworkMemory memory = TinyNetwork.Create();
        memory.Save(Target);
        using NetworkMemory other = TinyNetwork.CreateSet();
        other.Save(Target);
        Assert.Equal(TinyNetwork.Save(other), File.ReadAllBytes(Target));
        memory.Load(Target);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(memory));
        AssertAlone();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void A_save_that_breaks_off_leaves_the_old_file_and_no_other(int written)
    {
        File.WriteAllText(Target, "old");
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(Target, file =>
        {
            file.Write(new byte[written]);
            file.Flush();
            Assert.Equal("old", File.ReadAllText(Target)); // half-way, the old file is what there is
            throw new IOException("disk full");
        }));
        Assert.Equal("disk full", error.Message);
        Assert.Equal("old", File.ReadAllText(Target));
        AssertAlone();
    }

    [Fact]
    public void A_first_save_that_breaks_off_leaves_nothing()
    {
        Assert.Throws<IOException>(() => AtomicFile.Write(Target, _ => throw new IOException()));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public void A_network_disposed_of_leaves_the_old_file()
    {
        NetworkMemory memory = TinyNetwork.CreateSet();
        memory.Save(Target);
        byte[] old = File.ReadAllBytes(Target);
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Save(Target));
        Assert.Equal(old, File.ReadAllBytes(Target));
        AssertAlone();
    }

    [Fact]
    public void A_target_that_cannot_be_replaced_leaves_no_other_file()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "inside"), "old");
        using NetworkMemory memory = TinyNetwork.CreateSet();
        Assert.ThrowsAny<SystemException>(() => memory.Save(Target)); // IOException or UnauthorizedAccessException, by system
        AssertAlone();
        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "inside")));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_so()
    {
        using NetworkMemory memory = TinyNetwork.CreateSet();
        Assert.Throws<DirectoryNotFoundException>(() => memory.Save(Path.Combine(_folder.FullName, "none", "weights")));
        Assert.Throws<ArgumentNullException>(() => memory.Save((string)null!));
        Assert.Throws<ArgumentException>(() => memory.Save(""));
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void A_read_only_folder_keeps_its_file()
    {
        Skip.If(OperatingSystem.IsWindows() || Environment.UserName == "root", "a folder's mode binds neither root nor Windows");
        using NetworkMemory memory = TinyNetwork.CreateSet();
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.Throws<UnauthorizedAccessException>(() => memory.Save(Target));
            Assert.Equal("old", File.ReadAllText(Target));
            AssertAlone();
        }
        finally
        {
            File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void The_old_file_s_mode_is_kept()
    {
        Skip.If(OperatingSystem.IsWindows(), "no such modes");
        using NetworkMemory memory = TinyNetwork.CreateSet();
        File.WriteAllText(Target, "old");
        File.SetUnixFileMode(Target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        memory.Save(Target);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
    }

    [SkippableFact]
    public void A_symbolic_link_stays_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        DirectoryInfo elsewhere = _folder.CreateSubdirectory("elsewhere");
        string real = Path.Combine(elsewhere.FullName, "real");
        File.WriteAllText(real, "old");
        File.CreateSymbolicLink(Target, real);
        using NetworkMemory memory = TinyNetwork.CreateSet();
        memory.Save(Target);
        Assert.Equal(real, File.ResolveLinkTarget(Target, returnFinalTarget: true)?.FullName);
        Assert.Equal(TinyNetwork.Save(memory), File.ReadAllBytes(real));
        Assert.Single(elsewhere.GetFileSystemInfos());
    }

    [SkippableFact]
    public void A_symbolic_link_to_nothing_gets_its_target()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        string real = Path.Combine(_folder.CreateSubdirectory("elsewhere").FullName, "real");
        File.CreateSymbolicLink(Target, real);
        using NetworkMemory memory = TinyNetwork.CreateSet();
        memory.Save(Target);
        memory.Load(real);
        Assert.Equal(real, new FileInfo(Target).LinkTarget);
    }

    [Fact]
    public void A_path_without_a_folder_is_in_the_current_one()
    {
        string name = $"rnngen-{Guid.NewGuid():N}";
        using NetworkMemory memory = TinyNetwork.CreateSet();
        try
        {
            memory.Save(name);
            memory.Load(name);
            Assert.Equal([name], Directory.GetFiles(".", $"*{name}*").Select(Path.GetFileName));
        }
        finally
        {
            File.Delete(name);
        }
    }

    private void AssertAlone() => Assert.Equal([Target], _folder.GetFileSystemInfos().Select(entry => entry.FullName));
}
