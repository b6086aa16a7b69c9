using SkiaSharp;

namespace RnnGen.Samples.Tests;

/// <summary>Looks at the plots that were written.</summary>
internal static class Picture
{
    public static void AssertPng(string path, int height = 540)
    {
        using SKBitmap image = SKBitmap.Decode(path);
        Assert.Equal((900, height), (image.Width, image.Height));

        // The title is the only thing in the topmost rows: without a font they would be empty.
        Assert.Contains(Enumerable.Range(0, 900 * 25), i => image.GetPixel(i % 900, i / 900).Red < 128);
    }
}
