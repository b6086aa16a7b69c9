namespace RnnGen.Samples.JapaneseVowels;

/// <summary>The utterances of the data set "Japanese Vowels" (Kudo, Toyama and Shimbo 1999), standardised by the training utterances' scale.</summary>
/// <param name="Training">270: 30 of each speaker.</param>
/// <param name="Test">370, of the same speakers.</param>
internal sealed record DataSet(Utterance[] Training, Utterance[] Test)
{
    /// <summary>The default folder of the data: <c>../shared/data/japanese-vowels</c>, seen from the repository's root.</summary>
    public static string StandardFolder { get; } = SharedFolder.Get("data", "japanese-vowels");

    /// <summary>Reads both files of a folder.</summary>
    /// <exception cref="FileNotFoundException">One is not there; the message says where to get it.</exception>
    /// <exception cref="FormatException">One is damaged; the message names it.</exception>
    public static DataSet Load(string folder)
    {
        Utterance[] training = Read(folder, "JapaneseVowels_TRAIN.ts");
        Utterance[] test = Read(folder, "JapaneseVowels_TEST.ts");
        FeatureScale scale = FeatureScale.Measure(training.Select(utterance => utterance.Features), SpeakerRecognizer.InputSize);
        foreach (Utterance utterance in training.Concat(test))
            scale.Apply(utterance.Features);
        return new DataSet(training, test);
    }

    private static Utterance[] Read(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"{path}: no such file; get \"Japanese Vowels\" of the UCI Machine Learning Repository (https://doi.org/10.24432/C5NS47, CC BY 4.0) "
                + "in sktime's .ts format (github.com/aeon-toolkit/aeon: aeon/datasets/data/JapaneseVowels) and name its folder with --data",
                path);
        }

        return TsReader.Read(path);
    }
}
